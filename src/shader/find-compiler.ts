// Finds a shader compiler on this machine. It is needed only for shaders that do not come as SPIR-V.
// Knows their names and how they state their versions, but not how they compile.
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { type Environment, findProgram } from './find-program.ts';
import { runTool } from './run-tool.ts';

/** A compiler that is a program, and states its version. */
export interface CompilerProgram {
  readonly kind: 'glslang' | 'glslc';
  /** Path of the executable. */
  readonly path: string;
  /** As the compiler states it, such as `11:12.0.0` or `v2023.2`. */
  readonly version: string;
}

/** glslang as WebAssembly, from the package `@webgpu/glslang`: GLSL only, SPIR-V up to 1.5, of 2020. */
export interface WasmCompiler {
  readonly kind: 'wasm';
  /** Of the package. */
  readonly version: string;
}

export type ShaderCompiler = CompilerProgram | WasmCompiler;

// `glslang` is the newer name of the same program.
const NAMES = ['glslang', 'glslangValidator', 'glslc'];
const VERSION_LIMIT_MS = 10_000;

/** The package of the WASM build. */
export const WASM_PACKAGE = '@webgpu/glslang';

/**
 * Looks for a compiler: `GUESTMARK_GLSLANG` (a path), else `glslang`, `glslangValidator` or `glslc` in `PATH`,
 * else the WASM build.
 *
 * @param environment The variables to look in; default the process's own.
 * @throws GuestmarkError (environment) when there is none, or it does not answer as one.
 */
export async function findCompiler(environment: Environment = process.env): Promise<ShaderCompiler> {
  const path = await findCompilerProgram(environment);
  if (path !== undefined) return describeProgram(path);
  const wasm = findWasmCompiler();
  if (wasm !== undefined) return wasm;
  throw new GuestmarkError('environment', 'Cannot compile shader: no shader compiler is in PATH', {
    hint: `install glslang (Debian: glslang-tools) or ${WASM_PACKAGE}, set GUESTMARK_GLSLANG, or pass SPIR-V instead`,
  });
}

/** Name, version and place of a compiler, such as `glslangValidator 11:12.0.0 (/usr/bin/glslangValidator)`. */
export function describeCompiler(compiler: ShaderCompiler): string {
  if (compiler.kind === 'wasm') return `${WASM_PACKAGE} ${compiler.version} (WASM)`;
  return `${basename(compiler.path, '.exe')} ${compiler.version} (${compiler.path})`;
}

/** The WASM build, where its package is installed; it is optional. */
export function findWasmCompiler(): WasmCompiler | undefined {
  try {
    const { version } = createRequire(import.meta.url)(`${WASM_PACKAGE}/package.json`) as { version: string };
    return { kind: 'wasm', version };
  } catch {
    return undefined;
  }
}

async function findCompilerProgram(environment: Environment): Promise<string | undefined> {
  const named = environment.GUESTMARK_GLSLANG;
  return named ? resolve(named) : findProgram(NAMES, environment);
}

async function describeProgram(path: string): Promise<CompilerProgram> {
  const refuse = (state: string, cause?: unknown): GuestmarkError =>
    new GuestmarkError('environment', `Cannot use shader compiler ${path}: ${state}`, {
      hint: 'GUESTMARK_GLSLANG must name an executable glslang, glslangValidator or glslc',
      cause,
    });
  const errand = { action: `use shader compiler ${path}`, limitMs: VERSION_LIMIT_MS };
  const { stdout } = await runTool(path, ['--version'], errand).catch((cause: unknown) => {
    throw refuse('it cannot be run', cause);
  });
  const glslang = /^Glslang Version: (\S+)/m.exec(stdout)?.[1];
  if (glslang !== undefined) return { kind: 'glslang', path, version: glslang };
  // shaderc states its own version, and below it that of the glslang in it.
  const shaderc = /^shaderc (\S+)/m.exec(stdout)?.[1];
  if (shaderc !== undefined) return { kind: 'glslc', path, version: shaderc };
  throw refuse('it states no version of glslang or shaderc');
}
