// What the form of a SPIR-V module needs of a device, beside its capabilities: the version, extensions without a
// capability, and the execution mode LocalSizeId. Pure.
import type { KernelInterface } from '../shader/kernel-interface.ts';
import { EXECUTION_MODE, OP } from '../shader/spirv-numbers.ts';
import { spirvInstructions, spirvWords } from '../shader/spirv-words.ts';
import type { DeviceInfo } from './device-info.ts';
import { versionReaches } from './version.ts';

/** The newest SPIR-V version that each Vulkan version takes (specification, appendix "Versions and Formats"). */
const NEWEST_SPIRV: readonly (readonly [vulkan: string, spirv: string])[] = [
  ['1.3', '1.6'],
  ['1.2', '1.5'],
  ['1.1', '1.3'],
  ['1.0', '1.0'],
];

/** SPIR-V extensions that bring no capability: the Vulkan extension each needs, and the version that has it. */
const EXTENSION_NEEDS: Readonly<Record<string, readonly [extension: string, version: string | null]>> = {
  SPV_KHR_storage_buffer_storage_class: ['VK_KHR_storage_buffer_storage_class', '1.1'],
  SPV_KHR_non_semantic_info: ['VK_KHR_shader_non_semantic_info', '1.3'],
  SPV_KHR_subgroup_uniform_control_flow: ['VK_KHR_shader_subgroup_uniform_control_flow', '1.3'],
  SPV_GOOGLE_decorate_string: ['VK_GOOGLE_decorate_string', null],
  SPV_GOOGLE_hlsl_functionality1: ['VK_GOOGLE_hlsl_functionality1', null],
  SPV_GOOGLE_user_type: ['VK_GOOGLE_user_type', null],
};

type ModuleDevice = Pick<DeviceInfo, 'apiVersion' | 'extensions' | 'features'>;

/** Why the device cannot take the module; undefined where it can. */
export function moduleObstacle(
  device: ModuleDevice,
  kernel: Pick<KernelInterface, 'spirvVersion' | 'extensions'>,
  spirv: Uint8Array,
): string | undefined {
  const { apiVersion, extensions, features } = device;
  const { spirvVersion } = kernel;
  const core = NEWEST_SPIRV.find(([vulkan]) => versionReaches(apiVersion, vulkan))?.[1] ?? '1.0';
  const newest = core === '1.3' && extensions.includes('VK_KHR_spirv_1_4') ? '1.4' : core;
  if (!versionReaches(newest, spirvVersion))
    return `it is SPIR-V ${spirvVersion}, and the device (Vulkan ${apiVersion}) takes SPIR-V up to ${newest}`;
  const extension = kernel.extensions.map((name) => extensionObstacle(device, name)).find(Boolean);
  if (extension !== undefined) return extension;
  if (usesLocalSizeId(spirv) && !features.includes('maintenance4'))
    return 'the device lacks the feature maintenance4 (VK_KHR_maintenance4), which the execution mode LocalSizeId needs';
  return undefined;
}

function extensionObstacle({ apiVersion, extensions }: ModuleDevice, name: string): string | undefined {
  const need = Object.hasOwn(EXTENSION_NEEDS, name) ? EXTENSION_NEEDS[name] : undefined;
  if (need === undefined) return undefined;
  const [extension, version] = need;
  const isThere = extensions.includes(extension) || (version !== null && versionReaches(apiVersion, version));
  return isThere ? undefined : `it uses ${name}, and the device lacks ${extension}`;
}

function usesLocalSizeId(spirv: Uint8Array): boolean {
  for (const { opcode, operands } of spirvInstructions(spirvWords(spirv))) {
    if (opcode === OP.Function) return false;
    if (opcode === OP.ExecutionModeId && operands[1] === EXECUTION_MODE.LocalSizeId) return true;
  }
  return false;
}
