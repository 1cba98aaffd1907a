// What a shader file holds, told by its name alone: a compiler has to be chosen before anything is read, and a
// reader expects `.hlsl` to be HLSL whatever is in it.
import { basename } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import type { ShaderLanguage } from './loaded-shader.ts';

const ENDINGS: Readonly<Record<string, ShaderLanguage>> = {
  '.comp': 'glsl',
  '.glsl': 'glsl',
  '.hlsl': 'hlsl',
  '.spv': 'spirv',
  '.spvasm': 'spirv-assembly',
};

/** Ends of the names of shader files, the usual ones first. `.comp.glsl` and `.comp.hlsl` are among them. */
const SHADER_ENDINGS: readonly string[] = Object.keys(ENDINGS);

/** The language of a file with this name; undefined where it is no shader's. */
export function shaderLanguageOf(file: string): ShaderLanguage | undefined {
  const ending = /.(\.[^.]+)$/.exec(basename(file))?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}

/**
 * The language of a shader.
 *
 * @throws GuestmarkError (usage) when the name does not say it.
 */
export function requireShaderLanguage(file: string): ShaderLanguage {
  const language = shaderLanguageOf(file);
  if (language !== undefined) return language;
  throw new GuestmarkError('usage', `Cannot use shader ${file}: its name does not say what it holds`, {
    hint: `names of shaders end in ${SHADER_ENDINGS.join(', ')} (also .comp.glsl, .comp.hlsl)`,
  });
}
