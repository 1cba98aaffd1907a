// Compiles GLSL and HLSL to SPIR-V with whatever compiler the machine has. For the shipped kernels at build time
// and for users' shaders; running a shipped kernel never comes here.
import { GuestmarkError } from '../base/errors.ts';
import { type CompileProblem, describeProblems, parseProblems } from './compile-problems.ts';
import { compileWithProgram } from './compile-with-program.ts';
import { compileWithWasm } from './compile-with-wasm.ts';
import type { CompilerOrder } from './compiler-order.ts';
import { findCompiler, type ShaderCompiler } from './find-compiler.ts';
import { type FlatShader, placeOfLine, withMacros } from './flat-shader.ts';
import { flattenIncludes } from './flatten-includes.ts';
import { decodeShaderText, readShaderFile } from './read-shader-file.ts';
import { DEFAULT_LIMIT_MS } from './run-tool.ts';
import { requireShaderLanguage } from './shader-language.ts';
import { checkMacros, type ShaderMacros } from './shader-macros.ts';
import { DEFAULT_TARGET, type TargetEnvironment } from './target-environment.ts';

/** How to compile. */
export interface CompileOptions {
  /** Default `vulkan1.1`. */
  readonly targetEnvironment?: TargetEnvironment | undefined;
  /** Folders for `#include` beside the shader's own. */
  readonly includeFolders?: readonly string[] | undefined;
  /** Preprocessor symbols; an empty string defines a symbol without a value. */
  readonly defines?: ShaderMacros | undefined;
  /** Function of an HLSL shader to begin with; default `main`. GLSL has no other. */
  readonly entryPoint?: string | undefined;
  /** Default 60 seconds: a compiler can hang on what it is given. */
  readonly limitMs?: number | undefined;
  /** Default what `findCompiler` finds. */
  readonly compiler?: ShaderCompiler | undefined;
}

/**
 * Compiles a compute shader.
 *
 * @param file Path of a GLSL or HLSL source; its name says which.
 * @returns A SPIR-V module with names, as the compiler wrote it.
 * @throws GuestmarkError (usage) with the compiler's messages and the lines they are about; its cause is
 *   the `CompileProblem[]`. (environment) without a compiler; (timeout) when it does not end.
 */
export async function compileShader(
  file: string,
  options: CompileOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const language = requireShaderLanguage(file);
  if (language !== 'glsl' && language !== 'hlsl') {
    throw new GuestmarkError('usage', `Cannot compile shader ${file}: it is SPIR-V already`);
  }
  const text = decodeShaderText(file, await readShaderFile(file));
  const shader = flattenIncludes(file, text, options.includeFolders ?? []);
  return compileFlat({ file, language, shader }, options);
}

/** A shader that was read. */
export interface CompileInput {
  /** For messages. */
  readonly file: string;
  readonly language: 'glsl' | 'hlsl';
  readonly shader: FlatShader;
}

/**
 * Compiles a shader that was read and put into one piece.
 *
 * @throws GuestmarkError as `compileShader` does.
 */
export async function compileFlat(
  { file, language, shader }: CompileInput,
  options: Omit<CompileOptions, 'includeFolders'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { defines = {}, entryPoint = 'main', limitMs = DEFAULT_LIMIT_MS } = options;
  checkMacros(defines);
  checkEntryPoint(file, entryPoint);
  const compiler = options.compiler ?? (await findCompiler());
  const whole = withMacros(shader, defines);
  const targetEnvironment = options.targetEnvironment ?? DEFAULT_TARGET;
  const order = { file, language, text: whole.text, targetEnvironment, entryPoint, limitMs };
  const { spirv, output } = await compileWith(compiler, order);
  if (/Entry point not found/.test(output)) {
    throw new GuestmarkError('usage', `Cannot compile shader ${file}: it has no function ${entryPoint}`, {
      hint: 'name its entry point',
    });
  }
  if (spirv === undefined) throw refusal(file, output, whole);
  return spirv;
}

function compileWith(compiler: ShaderCompiler, order: CompilerOrder): ReturnType<typeof compileWithWasm> {
  return compiler.kind === 'wasm' ? compileWithWasm(order) : compileWithProgram(compiler, order);
}

function checkEntryPoint(file: string, entryPoint: string): void {
  if (/^[A-Za-z_]\w*$/.test(entryPoint)) return;
  const state = `${JSON.stringify(entryPoint)} is no name of a function`;
  throw new GuestmarkError('usage', `Cannot compile shader ${file}: ${state}`);
}

function refusal(file: string, output: string, shader: FlatShader): GuestmarkError {
  const problems = parseProblems(output).map((problem) => locate(problem, shader));
  const sourceOf = (path: string): string | undefined =>
    shader.sources.find((source) => source.path === path)?.text;
  const state = problems.length > 0 ? describeProblems(problems, sourceOf) : firstLine(output);
  return new GuestmarkError('usage', `Cannot compile shader ${file}: ${state}`, {
    cause: problems satisfies readonly CompileProblem[],
  });
}

/** A problem at its place in the user's files: the compiler saw one file only. */
function locate({ line, message }: CompileProblem, shader: FlatShader): CompileProblem {
  const place = line === null ? undefined : placeOfLine(shader, line);
  if (line === null || place === undefined) return { file: null, line: null, message };
  const refused = message.includes('#error') ? shader.refusals.get(line) : undefined;
  return { file: place.source.path, line: place.line, message: refused ?? message };
}

/** The first thing the compiler said. */
function firstLine(output: string): string {
  const lines = output.split(/\r?\n/).map((line) => line.trim());
  return lines.find((line) => line !== '') ?? 'the compiler gave no reason';
}
