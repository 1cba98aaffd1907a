// From a shader's file to its definition: load it, read its pragmas, reflect it, and merge what is said elsewhere, in the
// order of precedence. Reads files and starts the compiler; knows no command line and no device.
import { basename, dirname, resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import { type LoadOptions, loadShader } from '../shader/load-shader.ts';
import type { LoadedShader } from '../shader/loaded-shader.ts';
import { reflectKernel } from '../shader/reflect.ts';
import { CONVENTION } from './conventions.ts';
import { defineShader, type PlacedStatement } from './define.ts';
import type { Origin, ReferenceDefinition, ShaderDefinition, Sourced } from './definition.ts';
import { pragmasIn } from './pragma.ts';
import { parseStatement } from './statement.ts';

/** A shader to define a benchmark of. */
export interface ShaderRequest {
  /** As given: it appears in messages. */
  readonly path: string;
  readonly options: LoadOptions;
  /** What is said outside of the shader, the weakest first. */
  readonly statements: readonly PlacedStatement[];
  readonly module: ShaderDefinition['module'];
  /** A module's function verifies. */
  readonly isVerifiedElsewhere: boolean;
  readonly reference: Sourced<ReferenceDefinition> | null;
}

/**
 * Loads a shader and defines its benchmark.
 *
 * @throws GuestmarkError (usage) for whatever is wrong with it, as `loadShader`, `reflectKernel`, `parseStatement` and
 *   `defineShader` say.
 */
export async function loadDefinition(request: ShaderRequest): Promise<ShaderDefinition> {
  const { path, module, isVerifiedElsewhere, reference } = request;
  const { shader, statements } = await load(request);
  const name = { value: benchmarkName(path), from: CONVENTION };
  const kernel = reflect(shader, entryOf(statements));
  return defineShader({ shader, kernel, name, statements, isVerifiedElsewhere, module, reference });
}

async function load({ path, options, statements }: ShaderRequest): Promise<{
  readonly shader: LoadedShader;
  readonly statements: readonly PlacedStatement[];
}> {
  const outside = entryOf(statements);
  const withEntry = (entryPoint: string | undefined): LoadOptions =>
    entryPoint === undefined ? options : { ...options, entryPoint };
  const shader = await loadShader(path, withEntry(outside));
  const all = [...shaderStatements(shader), ...statements];
  const entry = entryOf(all);
  // An entry point of HLSL is chosen when it is compiled, and its pragma is read from the same text.
  const again = shader.language === 'hlsl' && entry !== outside;
  return { shader: again ? await loadShader(path, withEntry(entry)) : shader, statements: all };
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

/** A statement in words with its place. */
export function placed(text: string, folder: string, from: Origin): PlacedStatement {
  return { statement: parseStatement(text, folder, from.place ?? from.kind), from };
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
