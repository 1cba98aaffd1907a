// What only vkGetPhysicalDeviceProperties2 (Vulkan 1.1) tells of a device: its driver, identity and subgroups.
// Each struct is chained only where the device knows it.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { DeviceInfo, SubgroupOperation } from './device-info.ts';
import type { Instance } from './instance.ts';
import { VK_SHADER_STAGE_COMPUTE_BIT } from './registry/constants.ts';
import { type Plain, readStruct, struct } from './struct.ts';
import { makeVersion } from './version.ts';

type Identity = Pick<
  DeviceInfo,
  | 'driver'
  | 'uuid'
  | 'pciAddress'
  | 'renderNode'
  | 'subgroupSize'
  | 'subgroupOperations'
  | 'subgroupsInCompute'
  | 'floatControls'
>;

/** In the order of the bits of VkSubgroupFeatureFlagBits. */
const OPERATIONS: readonly SubgroupOperation[] = [
  'basic',
  'vote',
  'arithmetic',
  'ballot',
  'shuffle',
  'shuffle-relative',
  'clustered',
  'quad',
  'partitioned',
];

/** @param version What the device may be used up to (packed). */
export function describeIdentity(
  instance: Instance,
  handle: bigint,
  version: number,
  extensions: readonly string[],
  properties: Plain,
): Identity {
  const driverVersion = properties.driverVersion as number;
  if (version < makeVersion(1, 1, 0)) return unknownIdentity(driverVersion);
  const knows = (core: number | null, extension: string): boolean =>
    (core !== null && version >= core) || extensions.includes(extension);
  const pci = knows(null, 'VK_EXT_pci_bus_info')
    ? struct('VkPhysicalDevicePCIBusInfoPropertiesEXT', {})
    : null;
  const drm = knows(null, 'VK_EXT_physical_device_drm')
    ? struct('VkPhysicalDeviceDrmPropertiesEXT', { pNext: pci })
    : null;
  const driver = knows(makeVersion(1, 2, 0), 'VK_KHR_driver_properties')
    ? struct('VkPhysicalDeviceDriverProperties', { pNext: drm ?? pci })
    : null;
  const controls = knows(makeVersion(1, 2, 0), 'VK_KHR_shader_float_controls')
    ? struct('VkPhysicalDeviceFloatControlsProperties', { pNext: driver ?? drm ?? pci })
    : null;
  const subgroup = struct('VkPhysicalDeviceSubgroupProperties', {
    pNext: controls ?? driver ?? drm ?? pci,
  });
  const id = struct('VkPhysicalDeviceIDProperties', { pNext: subgroup });
  const chain = struct('VkPhysicalDeviceProperties2', { pNext: id });
  instance.commands.vkGetPhysicalDeviceProperties2(handle, chain.memory);
  return {
    driver: driverOf(driver === null ? null : readStruct(driver), driverVersion),
    uuid: available(formatUuid(readStruct(id).deviceUUID as readonly number[])),
    pciAddress:
      pci === null
        ? unavailable('the device lacks VK_EXT_pci_bus_info')
        : available(pciAddressOf(readStruct(pci))),
    renderNode: renderNodeOf(drm === null ? null : readStruct(drm)),
    ...subgroupsOf(readStruct(subgroup)),
    floatControls: controls === null ? [] : trueMembers(readStruct(controls)),
  };
}

function unknownIdentity(driverVersion: number): Identity {
  const old = unavailable('the device or the loader is older than Vulkan 1.1');
  return {
    driver: { id: old, name: old, info: old, version: driverVersion },
    uuid: old,
    pciAddress: old,
    renderNode: old,
    subgroupSize: old,
    subgroupOperations: old,
    subgroupsInCompute: old,
    floatControls: [],
  };
}

function driverOf(read: Plain | null, version: number): DeviceInfo['driver'] {
  if (read === null) {
    const noDriver = unavailable('the device lacks VK_KHR_driver_properties');
    return { id: noDriver, name: noDriver, info: noDriver, version };
  }
  return {
    id: available(read.driverID as number),
    name: available(read.driverName as string),
    info: available(read.driverInfo as string),
    version,
  };
}

type Subgroups = Pick<Identity, 'subgroupSize' | 'subgroupOperations' | 'subgroupsInCompute'>;

function subgroupsOf(read: Plain): Subgroups {
  const size = read.subgroupSize as number;
  const subgroupSize: Available<number> = size > 0 ? available(size) : unavailable('the driver reports 0');
  const bits = read.supportedOperations as number;
  const stages = read.supportedStages as number;
  return {
    subgroupSize,
    subgroupOperations: mapAvailable(subgroupSize, () =>
      OPERATIONS.filter((_, bit) => ((bits >>> bit) & 1) === 1),
    ),
    subgroupsInCompute: mapAvailable(subgroupSize, () => (stages & VK_SHADER_STAGE_COMPUTE_BIT) !== 0),
  };
}

function trueMembers(plain: Plain): readonly string[] {
  return Object.entries(plain).flatMap(([name, value]) => (value === true ? [name] : []));
}

function formatUuid(bytes: readonly number[]): string {
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function pciAddressOf(info: Plain): string {
  const digits = (value: unknown, width: number): string =>
    (value as number).toString(16).padStart(width, '0');
  return `${digits(info.pciDomain, 4)}:${digits(info.pciBus, 2)}:${digits(info.pciDevice, 2)}.${digits(info.pciFunction, 1)}`;
}

/** Device numbers are 64 bits wide in the struct and 32 in the kernel. */
function renderNodeOf(read: Plain | null): Available<string> {
  if (read === null) return unavailable('the device lacks VK_EXT_physical_device_drm');
  if (read.hasRender !== true) return unavailable('the driver has no render node');
  return available(`${read.renderMajor}:${read.renderMinor}`);
}
