// A suite file: shaders, what is said about each, and modules, in YAML or JSON. Gives the same statements that pragmas
// do; loads no shader.
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { PlacedStatement } from './placed-statement.ts';
import { parseStatement } from './statement.ts';
import type { SuiteDocument } from './suite-file-schema.ts';
import { readSuiteText, suiteFileProblem } from './suite-file-text.ts';
import { type Target, targetKind } from './targets.ts';
import { parseThreshold, type Threshold } from './threshold.ts';

/** A shader of a suite. */
export interface SuiteEntry {
  readonly path: string;
  /** How it is compiled, as far as the suite file says. */
  readonly options: {
    readonly defines?: Readonly<Record<string, string>>;
    readonly includeFolders?: readonly string[];
  };
  /** The weakest first. */
  readonly statements: readonly PlacedStatement[];
  readonly thresholds: readonly Threshold[];
}

/** What a suite file lists; paths are relative to where the file's own path is. */
export interface SuiteFile {
  readonly path: string;
  readonly name: string | null;
  readonly shaders: readonly SuiteEntry[];
  readonly modules: readonly string[];
}

/**
 * Reads a suite file.
 *
 * @throws GuestmarkError (usage) that names the file and the line or the path in it.
 */
export async function readSuiteFile(path: string): Promise<SuiteFile> {
  const { name, shaders, modules } = await readDocument(path);
  if (shaders.length + modules.length === 0) {
    throw suiteFileProblem(path, 'it lists neither shaders nor modules', 'shaders: [{ file: saxpy.comp }]');
  }
  return {
    path,
    name: name ?? null,
    shaders: shaders.map((shader, index) => entryOf(path, shader, `shaders[${index}]`)),
    modules: modules.map((file, index) => pathTo(path, file, 'module', `modules[${index}]`)),
  };
}

async function readDocument(path: string): Promise<SuiteDocument> {
  const text = readSuiteText(path);
  // Both cost more to load than most suites take to read.
  const parsed = /\.json$/i.test(path)
    ? (await import('./parse-json.ts')).parseJson(text)
    : (await import('./parse-yaml.ts')).parseYaml(text);
  if ('problem' in parsed) {
    throw suiteFileProblem(parsed.line === null ? path : `${path}:${parsed.line}`, parsed.problem);
  }
  const { parseSuiteDocument } = await import('./suite-file-schema.ts');
  const result = parseSuiteDocument(parsed.value);
  if ('document' in result) return result.document;
  throw suiteFileProblem(path, result.place === '' ? result.problem : `${result.place}: ${result.problem}`);
}

type ShaderEntry = SuiteDocument['shaders'][number];

function entryOf(path: string, shader: ShaderEntry, place: string): SuiteEntry {
  const { define, include } = shader;
  return {
    path: pathTo(path, shader.file, 'shader', `${place}.file`),
    options: {
      defines: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, String(value)])),
      includeFolders: include.map((folder) => besides(path, folder)),
    },
    statements: statementsOf(path, shader, place),
    thresholds: Object.entries(shader.thresholds).flatMap(([metric, limits]) =>
      limits.map((limit) => parseThreshold(metric, limit, `${basename(path)} ${place}.thresholds`)),
    ),
  };
}

function statementsOf(
  path: string,
  { name, entry, axes, pragmas }: ShaderEntry,
  place: string,
): readonly PlacedStatement[] {
  const folder = dirname(resolve(path));
  const placed = (text: string, part: string): PlacedStatement => {
    const where = `${basename(path)} ${place}.${part}`;
    return { statement: parseStatement(text, folder, where), from: { kind: 'suite file', place: where } };
  };
  return [
    ...pragmas.map((text, index) => placed(text, `pragmas[${index}]`)),
    ...(name === undefined ? [] : [placed(`name ${name}`, 'name')]),
    ...(entry === undefined ? [] : [placed(`entry ${entry}`, 'entry')]),
    ...Object.entries(axes).map(([axis, values]) =>
      placed(`axis ${axis} = ${values.join(', ')}`, `axes.${axis}`),
    ),
  ];
}

function pathTo(path: string, file: string, kind: Target['kind'], place: string): string {
  if (targetKind(file) === kind) return besides(path, file);
  const endings = kind === 'shader' ? '.comp, .glsl, .hlsl, .spv or .spvasm' : '.mjs or .js';
  const state = `"${file.slice(0, 80)}" is not the name of a ${kind}`;
  throw suiteFileProblem(path, `${place}: ${state}`, `it ends in ${endings}`);
}

/** A path that is relative to the suite file. */
function besides(path: string, file: string): string {
  return isAbsolute(file) ? file : join(dirname(path), file);
}
