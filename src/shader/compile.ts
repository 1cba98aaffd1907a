// Compiles GLSL to SPIR-V with the machine's glslang, in a process of its own. For the shipped kernels
// at build time and for users' shaders; running a shipped kernel never comes here.
import { type ExecFileException, execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { type CompileProblem, describeProblem, parseProblems } from './compile-problems.ts';
import { findGlslang, type Glslang } from './find-glslang.ts';

/** What SPIR-V is made for: its version and the rules it is checked against. */
export type TargetEnvironment = 'vulkan1.0' | 'vulkan1.1' | 'vulkan1.2' | 'vulkan1.3';

/** How to compile. */
export interface CompileOptions {
  /** Default `vulkan1.1`, the least that has subgroup operations. */
  readonly targetEnvironment?: TargetEnvironment;
  /** Folders for `#include` beside the shader's own. */
  readonly includeFolders?: readonly string[];
  /** Preprocessor symbols; an empty string defines a symbol without a value. */
  readonly defines?: Readonly<Record<string, string>>;
  /** Default 60 seconds: a compiler can hang on what it is given. */
  readonly limitMs?: number;
  /** Default what `findGlslang` finds. */
  readonly compiler?: Glslang;
}

const DEFAULT_LIMIT_MS = 60_000;
const MAX_OUTPUT_BYTES = 16 * 2 ** 20;

/**
 * Compiles a compute shader.
 *
 * @param file Path of the GLSL source.
 * @returns A SPIR-V module with names, as the compiler wrote it.
 * @throws GuestmarkError (usage) with the compiler's messages and the lines they are about; its cause is
 *   the `CompileProblem[]`. (environment) without a compiler; (timeout) when it does not end.
 */
export async function compileShader(
  file: string,
  options: CompileOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const argumentsBefore = compilerArguments(options);
  await access(file).catch((cause: unknown) => {
    throw new GuestmarkError('usage', `Cannot compile shader ${file}: it cannot be read`, { cause });
  });
  const compiler = options.compiler ?? (await findGlslang());
  const folder = await mkdtemp(join(tmpdir(), 'guestmark-shader-'));
  try {
    const output = join(folder, 'out.spv');
    // An absolute path, so that a file called "-x.comp" is no option.
    const args = [...argumentsBefore, '-o', output, resolve(file)];
    const { failed, text } = await runCompiler(compiler.path, args, file, options.limitMs);
    // glslang exits with 0 when it cannot write its output, so the output itself must be there.
    const spirv = failed ? undefined : await readFile(output).catch(() => undefined);
    if (spirv === undefined) throw refusal(file, text);
    return Uint8Array.from(spirv);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compilerArguments(options: CompileOptions): string[] {
  const { targetEnvironment = 'vulkan1.1', includeFolders = [], defines = {} } = options;
  const definitions = Object.entries(defines).map(([name, value]) => {
    if (/^[A-Za-z_]\w*$/.test(name)) return value === '' ? `-D${name}` : `-D${name}=${value}`;
    throw new GuestmarkError('usage', `Cannot define "${name}" for a shader: it is not a plain name`);
  });
  const includes = includeFolders.map((folder) => `-I${resolve(folder)}`);
  return ['-V', '-S', 'comp', '--target-env', targetEnvironment, ...includes, ...definitions];
}

interface CompilerRun {
  readonly failed: boolean;
  readonly text: string;
}

function runCompiler(
  path: string,
  args: readonly string[],
  file: string,
  limitMs: number = DEFAULT_LIMIT_MS,
): Promise<CompilerRun> {
  const options = { timeout: limitMs, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT_BYTES } as const;
  return new Promise((settle, reject) => {
    execFile(path, args, options, (error, stdout, stderr) => {
      const failure = error === null ? undefined : processFailure(error, path, file, limitMs);
      if (failure === undefined) settle({ failed: error !== null, text: `${stdout}\n${stderr}` });
      else reject(failure);
    });
  });
}

/** A failure of the process itself; `undefined` where the compiler ended and said no. */
function processFailure(
  error: ExecFileException,
  path: string,
  file: string,
  limitMs: number,
): GuestmarkError | undefined {
  if (error.killed === true && error.signal === 'SIGKILL') {
    return new GuestmarkError(
      'timeout',
      `Cannot compile shader ${file}: ${path} did not end within ${limitMs} ms`,
      { cause: error },
    );
  }
  if (typeof error.code === 'number') return undefined;
  const state = error.signal ? `${path} died of ${error.signal}` : `${path} cannot be run`;
  return new GuestmarkError('environment', `Cannot compile shader ${file}: ${state}`, { cause: error });
}

function refusal(file: string, output: string): GuestmarkError {
  const problems = parseProblems(output);
  const details = problems.map((problem) => describeProblem(problem, readSource));
  const state = details.length > 0 ? details.join('\n') : firstLine(output, file);
  return new GuestmarkError('usage', `Cannot compile shader ${file}: ${state}`, {
    cause: problems satisfies readonly CompileProblem[],
  });
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The first thing the compiler said besides the name of the file, which it always says. */
function firstLine(output: string, file: string): string {
  const lines = output.split(/\r?\n/).map((line) => line.trim());
  return lines.find((line) => line !== '' && line !== resolve(file)) ?? 'the compiler gave no reason';
}
