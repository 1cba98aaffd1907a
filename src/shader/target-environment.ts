// What SPIR-V is made for, in the words of `--target-env`, which glslang, glslc and SPIRV-Tools share, and what may be asked
// of a language. Knows no tool.

/** Version of Vulkan: decides the version of SPIR-V and the rules it is checked against. */
export type TargetEnvironment = 'vulkan1.0' | 'vulkan1.1' | 'vulkan1.2' | 'vulkan1.3';

/** The least that has subgroup operations. */
export const DEFAULT_TARGET: TargetEnvironment = 'vulkan1.1';

const ENVIRONMENTS: readonly TargetEnvironment[] = ['vulkan1.0', 'vulkan1.1', 'vulkan1.2', 'vulkan1.3'];

/**
 * The target for a shader: no later one than its language can be made for. glslang's HLSL and much assembly declare
 * buffers as `BufferBlock`, which ended with SPIR-V 1.3; assembly for a later version says so in a comment, as spirv-dis
 * writes it (`; Version: 1.5`).
 */
export function targetFor(
  language: 'glsl' | 'hlsl' | 'spirv' | 'spirv-assembly',
  wanted: TargetEnvironment,
  text: string,
): TargetEnvironment {
  if (language === 'glsl' || language === 'spirv') return wanted;
  const minor = language === 'spirv-assembly' ? /^;\s*Version:\s*1\.(\d)\s*$/m.exec(text)?.[1] : undefined;
  const most = targetOfVersion(minor === undefined ? 3 : Number(minor));
  return earlier(most, wanted) === wanted && minor === undefined ? wanted : most;
}

/** The environment whose rules a module of SPIR-V 1.`minor` can keep. */
export function targetOfVersion(minor: number): TargetEnvironment {
  return minor >= 6 ? 'vulkan1.3' : minor >= 4 ? 'vulkan1.2' : 'vulkan1.1';
}

function earlier(a: TargetEnvironment, b: TargetEnvironment): TargetEnvironment {
  return ENVIRONMENTS.indexOf(a) <= ENVIRONMENTS.indexOf(b) ? a : b;
}
