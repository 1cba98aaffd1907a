// From a shader's file to its definition: load it, read its pragmas, reflect it, and merge what is said elsewhere, in the
// order of precedence. Reads files and starts the compiler; knows no command line and no device.
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import { type LoadShaderOptions, loadShader } from '../shader/load-shader.ts';
import type { LoadedShader } from '../shader/loaded-shader.ts';
import { reflectKernel } from '../shader/reflect.ts';
import { CONVENTION, writes } from './conventions.ts';
import { defineShader } from './define.ts';
import {
  isOutput,
  type Origin,
  type ReferenceDefinition,
  type ShaderDefinition,
  type Sourced,
} from './definition.ts';
import { type PlacedStatement, placed } from './placed-statement.ts';
import { pragmasIn } from './pragma.ts';
import { requireReach } from './reach.ts';
import type { Statement } from './statement.ts';

/** A shader to define a benchmark of. */
export interface ShaderRequest {
  /** As given: it appears in messages. */
  readonly path: string;
  readonly options: LoadShaderOptions;
  /** What is said outside of the shader, the weakest first. */
  readonly statements: readonly PlacedStatement[];
  readonly module: ShaderDefinition['module'];
  /** A module's function verifies. */
  readonly isVerifiedElsewhere: boolean;
  /** A file that an output must be equal to; without a name of the only one. */
  readonly expectFile: ExpectFile | null;
  readonly reference: Sourced<ReferenceDefinition> | null;
  /** Folders whose files pragmas and suite files may name: these, and for a pragma that of the shader. */
  readonly reach: readonly string[];
}

/** What --expect says. */
export interface ExpectFile {
  readonly name: string | null;
  readonly path: string;
  readonly tolerance: number;
}

/**
 * Loads a shader and defines its benchmark.
 *
 * @throws GuestmarkError (usage) for whatever is wrong with it, as `loadShader`, `reflectKernel`, `parseStatement` and
 *   `defineShader` say.
 */
export async function loadDefinition(request: ShaderRequest): Promise<ShaderDefinition> {
  const { path, module, isVerifiedElsewhere, reference, expectFile } = request;
  const { shader, statements: said } = await load(request);
  const name = { value: benchmarkName(path), from: CONVENTION };
  const kernel = reflect(shader, entryOf(said));
  const statements = expectFile === null ? said : [...said, expectStatement(kernel, path, expectFile)];
  requireSameOutputs(path, kernel, reference);
  for (const one of said) requireFile(one, request);
  return defineShader({ shader, kernel, name, statements, isVerifiedElsewhere, module, reference });
}

async function load({ path, options, statements }: ShaderRequest): Promise<{
  readonly shader: LoadedShader;
  readonly statements: readonly PlacedStatement[];
}> {
  const outside = entryOf(statements);
  const withEntry = (entryPoint: string | undefined): LoadShaderOptions =>
    entryPoint === undefined ? options : { ...options, entryPoint };
  const shader = await loadShader(path, withEntry(outside));
  const all = [...shaderStatements(shader), ...statements];
  const entry = entryOf(all);
  // An entry point of HLSL is chosen when it is compiled, and its pragma is read from the same text.
  const again = shader.language === 'hlsl' && entry !== outside;
  return { shader: again ? await loadShader(path, withEntry(entry)) : shader, statements: all };
}

/** A file that is missing is told before anything runs; whether it has the right length depends on the axes. */
function requireFile({ statement, from }: PlacedStatement, { path, reach }: ShaderRequest): void {
  const file = fileOf(statement);
  if (file === null) return;
  const place = from.place ?? from.kind;
  if (from.kind === 'pragma') requireReach(file, [dirname(resolve(path)), ...reach], place);
  if (from.kind === 'suite file') requireReach(file, reach, place);
  if (existsSync(file)) return;
  throw new GuestmarkError('usage', `Cannot read ${file} (${place}): there is no such file`, {
    hint: 'names of files begin at the folder of the shader or suite file, or, on the command line, at the current one',
  });
}

function fileOf(statement: Statement): string | null {
  if (statement.key === 'fill') return statement.fill.kind === 'file' ? statement.fill.path : null;
  if (statement.key !== 'expect') return null;
  const { what } = statement.expected;
  return what.kind === 'file' ? what.path : null;
}

function expectStatement(kernel: KernelInterface, path: string, expect: ExpectFile): PlacedStatement {
  const outputs = kernel.bindings.filter(writes).map(({ name }) => name);
  const [only] = outputs;
  if (expect.name === null && (only === undefined || outputs.length > 1)) {
    throw new GuestmarkError(
      'usage',
      `Cannot compare ${path} with ${expect.path}: it has ${outputs.length} outputs`,
      {
        hint: `name one: ${outputs.map((name) => `--expect ${name}=${expect.path}`).join(' or ') || 'it writes nothing'}`,
      },
    );
  }
  const { tolerance } = expect;
  const expected = { what: { kind: 'file' as const, path: resolve(expect.path) }, tolerance };
  const from: Origin = { kind: 'command line', place: '--expect' };
  return { statement: { key: 'expect', name: expect.name ?? (only as string), expected }, from };
}

/** Another kernel works on the buffers of this one. */
function requireSameOutputs(
  path: string,
  kernel: KernelInterface,
  reference: ShaderRequest['reference'],
): void {
  if (reference === null) return;
  const { definition } = reference.value;
  const names = kernel.bindings.map(({ name }) => name);
  const foreign = Object.keys(definition.bindings).find((name) => !names.includes(name));
  const shared = kernel.bindings.filter((one) => writes(one) && isOutput(definition, one.name));
  if (foreign === undefined && shared.length > 0) return;
  const state =
    foreign === undefined
      ? 'they write to no binding of the same name'
      : `it has a binding "${foreign}" that ${path} has not`;
  throw new GuestmarkError('usage', `Cannot use ${definition.path} as the reference of ${path}: ${state}`, {
    hint: `give its bindings the names ${names.join(', ')}`,
  });
}

function entryOf(statements: readonly PlacedStatement[]): string | undefined {
  const found = statements.findLast(({ statement }) => statement.key === 'entry')?.statement;
  return found?.key === 'entry' ? found.text : undefined;
}

function shaderStatements({ path, text, language }: LoadedShader): readonly PlacedStatement[] {
  return pragmasIn(text, language).map(({ text: pragma, line }) => {
    const place = `${basename(path)}:${line}`;
    return placed(pragma, dirname(resolve(path)), { kind: 'pragma', place });
  });
}

function reflect({ path, spirv }: LoadedShader, entryPoint: string | undefined): KernelInterface {
  try {
    return reflectKernel(spirv, entryPoint);
  } catch (error) {
    if (!(error instanceof GuestmarkError)) throw error;
    const state = error.message.replace(/^Cannot reflect shader: /, '');
    throw new GuestmarkError('usage', `Cannot use shader ${path}: ${state}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}

/** `My_Kernel.comp` → `my-kernel`. */
export function benchmarkName(path: string): string {
  const stem = basename(path).replace(/(\.comp)?\.(comp|glsl|hlsl|spv|spvasm)$/i, '');
  const plain = stem.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^[^a-z]+|-+$/g, '') || 'shader';
}
