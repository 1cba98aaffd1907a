// What the form of a SPIR-V module needs of a device, beside its capabilities: the version, and the execution
// mode LocalSizeId. Pure.
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

/** Why the device cannot take the module; undefined where it can. */
export function moduleObstacle(
  { apiVersion, extensions, features }: Pick<DeviceInfo, 'apiVersion' | 'extensions' | 'features'>,
  { spirvVersion }: Pick<KernelInterface, 'spirvVersion'>,
  spirv: Uint8Array,
): string | undefined {
  const core = NEWEST_SPIRV.find(([vulkan]) => versionReaches(apiVersion, vulkan))?.[1] ?? '1.0';
  const newest = core === '1.3' && extensions.includes('VK_KHR_spirv_1_4') ? '1.4' : core;
  if (!versionReaches(newest, spirvVersion))
    return `it is SPIR-V ${spirvVersion}, and the device (Vulkan ${apiVersion}) takes SPIR-V up to ${newest}`;
  if (usesLocalSizeId(spirv) && !features.includes('maintenance4'))
    return 'the device lacks the feature maintenance4 (VK_KHR_maintenance4), which the execution mode LocalSizeId needs';
  return undefined;
}

function usesLocalSizeId(spirv: Uint8Array): boolean {
  for (const { opcode, operands } of spirvInstructions(spirvWords(spirv))) {
    if (opcode === OP.Function) return false;
    if (opcode === OP.ExecutionModeId && operands[1] === EXECUTION_MODE.LocalSizeId) return true;
  }
  return false;
}
