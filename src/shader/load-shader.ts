// From the file that a user names to SPIR-V, whatever the file holds: reads, compiles or assembles, and has the
// result validated. Says where it came from; what the module declares is for reflection.
import { createHash } from 'node:crypto';
import { GuestmarkError } from '../base/errors.ts';
import { type CompileInput, type CompileOptions, compileFlat } from './compile.ts';
import { describeCompiler, findCompiler } from './find-compiler.ts';
import type { Environment } from './find-program.ts';
import { flattenIncludes } from './flatten-includes.ts';
import type { LoadedShader } from './loaded-shader.ts';
import { decodeShaderText, readShaderFile } from './read-shader-file.ts';
import { DEFAULT_LIMIT_MS } from './run-tool.ts';
import { requireShaderLanguage } from './shader-language.ts';
import { checkMacros } from './shader-macros.ts';
import { hashShaderSources } from './shader-sources.ts';
import { withPlainLineEnds } from './source-lines.ts';
import { cacheKey, readCache, writeCache } from './spirv-cache.ts';
import { assembleSpirv, type SpirvErrand, validateSpirv } from './spirv-tools.ts';
import { spirvWords } from './spirv-words.ts';
import { DEFAULT_TARGET, targetFor, targetOfVersion } from './target-environment.ts';

/** How to load a shader. */
export interface LoadShaderOptions extends Omit<CompileOptions, 'compiler'> {
  /** The variables that name tools, and `PATH`; default the process's own. */
  readonly environment?: Environment | undefined;
  /** Where compiled shaders are kept; default null, nowhere. */
  readonly cacheFolder?: string | null | undefined;
}

/** What differs between the languages. */
type LoadedModule = Pick<
  LoadedShader,
  'spirv' | 'text' | 'sourceSha256' | 'targetEnvironment' | 'compiler' | 'cached'
>;

/**
 * Loads a shader: GLSL (`.comp`, `.glsl`) and HLSL (`.hlsl`) are compiled, SPIR-V assembly (`.spvasm`) is assembled,
 * SPIR-V (`.spv`) is read. All go through spirv-val where it is installed.
 *
 * `#include` reaches the shader's own folder and `includeFolders` and no other file. Registers of HLSL become
 * bindings that do not overlap: u0 is 0, t0 is 64, b0 is 192, s0 is 208; a shader with `[[vk::binding]]` gets the
 * bindings that it names.
 *
 * @throws GuestmarkError (usage) for a file that cannot be read or is refused, with the compiler's messages and the
 *   lines they are about; (environment) without the compiler or assembler that it needs; (timeout).
 */
export async function loadShader(file: string, options: LoadShaderOptions = {}): Promise<LoadedShader> {
  const language = requireShaderLanguage(file);
  const { environment = process.env, limitMs = DEFAULT_LIMIT_MS } = options;
  const bytes = await readShaderFile(file);
  const source = language === 'spirv' ? '' : decodeShaderText(file, bytes);
  const targetEnvironment = targetFor(language, options.targetEnvironment ?? DEFAULT_TARGET, source);
  const errand: SpirvErrand = { file, targetEnvironment, environment, limitMs };
  const module =
    language === 'spirv'
      ? readModule(bytes)
      : language === 'spirv-assembly'
        ? await assemble(source, errand)
        : await compile(file, language, source, { ...options, targetEnvironment });
  const minor = checkHeader(file, module.spirv);
  // By its own version: what the device takes of it is asked where it is known.
  const rules = language === 'spirv' ? targetOfVersion(minor) : targetEnvironment;
  const validator = await validateSpirv(module.spirv, { ...errand, targetEnvironment: rules });
  return { path: file, language, ...module, spirvSha256: sha256(module.spirv), validator };
}

function readModule(spirv: Uint8Array<ArrayBuffer>): LoadedModule {
  const sourceSha256 = sha256(spirv);
  return { spirv, text: '', sourceSha256, targetEnvironment: null, compiler: null, cached: false };
}

async function assemble(source: string, errand: SpirvErrand): Promise<LoadedModule> {
  const text = withPlainLineEnds(source);
  const { spirv, assembler } = await assembleSpirv(text, errand);
  return {
    spirv,
    text,
    sourceSha256: hashShaderSources([{ path: errand.file, text }]),
    targetEnvironment: errand.targetEnvironment,
    compiler: assembler,
    cached: false,
  };
}

async function compile(
  file: string,
  language: CompileInput['language'],
  source: string,
  options: LoadShaderOptions,
): Promise<LoadedModule> {
  const { targetEnvironment = DEFAULT_TARGET, defines = {}, entryPoint = 'main' } = options;
  checkMacros(defines);
  const shader = flattenIncludes(file, source, options.includeFolders ?? []);
  const compiler = await findCompiler(options.environment);
  const identity = describeCompiler(compiler);
  const { text } = shader;
  const key = cacheKey({ text, defines, targetEnvironment, language, entryPoint, compiler: identity });
  const make = (): Promise<Uint8Array<ArrayBuffer>> =>
    compileFlat({ file, language, shader }, { ...options, compiler });
  const { spirv, cached } = await throughCache(options.cacheFolder ?? null, key, make);
  return {
    spirv,
    text: withPlainLineEnds(source),
    sourceSha256: hashShaderSources(shader.sources),
    targetEnvironment,
    compiler: identity,
    cached,
  };
}

async function throughCache(
  folder: string | null,
  key: string,
  make: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Pick<LoadedModule, 'spirv' | 'cached'>> {
  const kept = folder === null ? undefined : await readCache(folder, key);
  if (kept !== undefined) return { spirv: kept, cached: true };
  const spirv = await make();
  if (folder !== null) await writeCache(folder, key, spirv);
  return { spirv, cached: false };
}

/** The same words whether a validator is installed or not. Returns the minor version. */
function checkHeader(file: string, spirv: Uint8Array): number {
  try {
    return ((spirvWords(spirv)[1] ?? 0) >>> 8) & 0xff;
  } catch (error) {
    if (!(error instanceof GuestmarkError)) throw error;
    const state = error.message.replace(/^Cannot reflect shader: /, '');
    throw new GuestmarkError('usage', `Cannot use shader ${file}: ${state}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
