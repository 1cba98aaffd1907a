// The options about shaders, which run and check share: what a pragma can say, and how the shader is compiled. From the
// strings of the command line to statements and options; loads nothing, but
// looks whether files are there.
import { type Stats, statSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { formatNs, parseDurationNs } from '../base/units.ts';
import type { ExpectFile } from '../definition/load-definition.ts';
import type { TargetOptions } from '../definition/load-targets.ts';
import type { PlacedStatement } from '../definition/placed-statement.ts';
import { placed } from '../definition/placed-statement.ts';
import type { TargetEnvironment } from '../shader/target-environment.ts';
import type { Axes } from './option-values.ts';

/** A compiler can hang on what it is given. */
export const COMPILE_LIMIT_NS = 60e9;

const TARGET_ENVIRONMENTS: readonly TargetEnvironment[] = [
  'vulkan1.0',
  'vulkan1.1',
  'vulkan1.2',
  'vulkan1.3',
];

/** Flags of the command line about shaders. */
export interface ShaderFlags {
  readonly axis?: Axes;
  readonly entry?: string;
  readonly pragma?: readonly string[];
  readonly define?: Readonly<Record<string, string>>;
  readonly include?: readonly string[];
  readonly expect?: string;
  readonly reference?: string;
  readonly tolerance?: number;
  readonly targetEnv?: TargetEnvironment;
  readonly cache: boolean;
  readonly compileLimit: number;
}

/** Adds the options. */
export function addShaderOptions(command: Command): void {
  command
    .option('--pragma <text>', 'a pragma for the shader, such as "fill x = index" (repeatable)', collect)
    .option('--entry <name>', 'entry point, where the shader has several')
    .option('-D, --define <name=value>', 'preprocessor symbol (repeatable)', collectDefine)
    .option(
      '-I, --include <folder>',
      'folder for #include beside the own of the shader (repeatable)',
      collectFolder,
    )
    .option('--expect <file>', 'what the output must be, as raw bytes; y=FILE where there are several')
    .option('--reference <shader>', 'another shader that must give the same outputs')
    .option('--tolerance <number>', 'for --expect (default: 0) and --reference (default: 1e-5)', tolerance)
    .addOption(
      new Option(
        '--target-env <environment>',
        'what to compile for (default: what the device takes)',
      ).choices([...TARGET_ENVIRONMENTS]),
    )
    .option('--no-cache', 'compile anew and keep no SPIR-V')
    .addOption(
      new Option('--compile-limit <duration>', 'limit for one run of the compiler')
        .argParser(limit)
        .default(COMPILE_LIMIT_NS, formatNs(COMPILE_LIMIT_NS)),
    );
}

function collect(text: string, texts: readonly string[] = []): readonly string[] {
  return [...texts, text];
}

function collectFolder(text: string, folders: readonly string[] = []): readonly string[] {
  if (statsOf(text)?.isDirectory() !== true) throw new InvalidArgumentError('There is no such folder');
  return [...folders, text];
}

function collectDefine(
  text: string,
  defines: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value = ''] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('It is not of the form NAME or NAME=value');
  return { ...defines, [name]: value };
}

function tolerance(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('It is not a number of 0 or more');
}

function limit(text: string): number {
  try {
    const ns = parseDurationNs(text);
    if (ns > 0) return ns;
  } catch (error) {
    throw new InvalidArgumentError(describeError(error).replace(/^Cannot read duration ".*": /s, 'It is '));
  }
  throw new InvalidArgumentError('It is not longer than 0');
}

/** What the flags say, for every shader. */
export function targetOptions(
  flags: ShaderFlags,
  around: Pick<TargetOptions['options'], 'targetEnvironment' | 'cacheFolder' | 'environment'>,
): TargetOptions {
  if (flags.tolerance !== undefined && flags.expect === undefined && flags.reference === undefined) {
    throw new GuestmarkError('usage', 'Cannot use --tolerance: there is neither --expect nor --reference', {
      hint: 'give one of them, or a pragma such as "expect y = 1 within 1e-5"',
    });
  }
  return {
    options: {
      ...around,
      defines: flags.define ?? {},
      includeFolders: flags.include ?? [],
      limitMs: flags.compileLimit / 1e6,
      ...(flags.cache ? {} : { cacheFolder: null }),
    },
    statements: statementsOf(flags),
    expectFile: expectFile(flags),
    reference:
      flags.reference === undefined ? null : { path: flags.reference, tolerance: flags.tolerance ?? 1e-5 },
  };
}

function statementsOf({ axis = {}, entry, pragma = [] }: ShaderFlags): readonly PlacedStatement[] {
  const from = (place: string) => ({ kind: 'command line' as const, place });
  return [
    ...pragma.map((text) => placed(text, process.cwd(), from('--pragma'))),
    ...(entry === undefined
      ? []
      : [{ statement: { key: 'entry' as const, text: entry }, from: from('--entry') }]),
    ...Object.entries(axis).map(([name, values]) => ({
      statement: { key: 'axis' as const, name, values },
      from: from('--axis'),
    })),
  ];
}

/** `y=FILE` names the output; a path with a = in it is taken for a path where it begins with a dot or a slash. */
function expectFile({ expect, tolerance: within = 0 }: ShaderFlags): ExpectFile | null {
  if (expect === undefined) return null;
  const [, name, path] = /^([A-Za-z_]\w*)=(.+)$/s.exec(expect) ?? [];
  requireFile(path ?? expect);
  if (name === undefined || path === undefined) return { name: null, path: expect, tolerance: within };
  return { name, path, tolerance: within };
}

function requireFile(path: string): void {
  if (statsOf(path)?.isFile() === true) return;
  throw new GuestmarkError('usage', `Cannot read --expect "${path}": there is no such file`, {
    hint: '`guestmark run --dump-outputs` writes such files',
  });
}

/** Undefined for what is not there, and for what nobody may look at. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
