// Whether a device has what the SPIR-V capabilities of a kernel need. An allow list, because a driver that is
// given one it was not created for may crash instead of refusing: what the table lacks is not enabled. Pure.
import type { Available } from '../base/availability.ts';
import { CAPABILITY_NEEDS, type CapabilityNeed } from './capability-table.ts';
import type { DeviceInfo } from './device-info.ts';
import { versionReaches } from './version.ts';

/** What of a device decides. */
export type CapableDevice = Pick<
  DeviceInfo,
  'apiVersion' | 'features' | 'extensions' | 'subgroupOperations' | 'subgroupsInCompute' | 'floatControls'
>;

/** Why a kernel with these capabilities cannot run on the device: states of an error message, one each. */
export function capabilityObstacles(
  capabilities: readonly string[],
  device: CapableDevice,
): readonly string[] {
  const obstacles = capabilities.flatMap((name) => obstacleOf(name, device) ?? []);
  return [...new Set(obstacles)];
}

function obstacleOf(name: string, device: CapableDevice): string | undefined {
  const need = Object.hasOwn(CAPABILITY_NEEDS, name) ? CAPABILITY_NEEDS[name] : undefined;
  if (need !== undefined) return unmet(need, device);
  // Reflection calls a capability that it has no name for Capability<N>.
  return `it needs the capability ${name.replace(/^Capability(?=\d+$)/, '')}, which this program does not enable`;
}

function unmet(need: CapabilityNeed, device: CapableDevice): string | undefined {
  if ('always' in need) return undefined;
  if ('refused' in need) return `${need.refused} are not supported`;
  if ('notEnabled' in need)
    return `it needs the feature ${need.notEnabled}, which this program does not enable`;
  if ('subgroup' in need) return subgroupObstacle(need.subgroup, device);
  if ('features' in need) return lacking(need.features, device.features, 'the feature', need.extension);
  if ('floatControls' in need) return lacking(need.floatControls, device.floatControls, 'the float control');
  if ('version' in need && versionReaches(device.apiVersion, need.version)) return undefined;
  if (need.extension !== undefined && device.extensions.includes(need.extension)) return undefined;
  return `the device lacks ${'version' in need ? `Vulkan ${need.version}` : need.extension}`;
}

/** One of `wanted` suffices. */
function lacking(
  wanted: readonly string[],
  present: readonly string[],
  what: string,
  extension?: string,
): string | undefined {
  if (wanted.some((name) => present.includes(name))) return undefined;
  const from = extension === undefined ? '' : ` (${extension})`;
  return `the device lacks ${what} ${wanted.join(' or ')}${from}`;
}

function subgroupObstacle(
  operation: string,
  { subgroupOperations, subgroupsInCompute }: CapableDevice,
): string | undefined {
  const unknown = reasonOf(subgroupOperations) ?? reasonOf(subgroupsInCompute);
  if (unknown !== undefined) return `subgroup operations (${operation}): ${unknown}`;
  if (!isTrue(subgroupsInCompute)) return 'the device has no subgroup operations in compute shaders';
  if (subgroupOperations.available && (subgroupOperations.value as readonly string[]).includes(operation))
    return undefined;
  return `the device lacks subgroup operations of the kind ${operation}`;
}

function reasonOf(fact: Available<unknown>): string | undefined {
  return fact.available ? undefined : fact.reason;
}

function isTrue(fact: Available<boolean>): boolean {
  return fact.available && fact.value;
}
