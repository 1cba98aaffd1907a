// What SPIR-V is made for, in the words of `--target-env`, which glslang, glslc and SPIRV-Tools share.
// Names only.

/** Version of Vulkan: decides the version of SPIR-V and the rules it is checked against. */
export type TargetEnvironment = 'vulkan1.0' | 'vulkan1.1' | 'vulkan1.2' | 'vulkan1.3';

/** The least that has subgroup operations. */
export const DEFAULT_TARGET: TargetEnvironment = 'vulkan1.1';
