// Asks a physical device for the features of the table, and says which of them, with which extensions, a
// device is created with. What a device does not list is neither asked for nor chained.
import type { DeviceInfo } from './device-info.ts';
import {
  FEATURE_STRUCTS,
  type FeatureStruct,
  FIRST_FEATURE_OFFSET,
  PLAIN_EXTENSIONS,
  UNWANTED_FEATURES,
  WANTED_CORE_FEATURES,
} from './feature-table.ts';
import type { Instance } from './instance.ts';
import { writePointer } from './native-memory.ts';
import { struct } from './struct.ts';
import { makeVersion } from './version.ts';

/** What a device is created with. */
export interface EnabledFeatures {
  /** Members of VkPhysicalDeviceFeatures. */
  readonly core: readonly string[];
  /** Members of the chained structs. */
  readonly chained: readonly string[];
  readonly extensions: readonly string[];
  /** The chained structs: the memory of the first, which keeps the others alive; or null. */
  readonly chain: ArrayBuffer | null;
}

const P_NEXT_OFFSET = 8;

/** The version (packed) that the device may be used up to: its own or the instance's. */
export function usableVersion(
  { apiVersion }: Pick<Instance, 'apiVersion'>,
  info: Pick<DeviceInfo, 'apiVersion'>,
): number {
  const [major = 0, minor = 0] = info.apiVersion.split('.').map(Number);
  return Math.min(apiVersion, makeVersion(major, minor, 0));
}

/** Names of the features in the table that the device has, asked for in one call. */
export function queryFeatures(
  instance: Instance,
  physical: bigint,
  version: number,
  extensions: readonly string[],
): readonly string[] {
  const usable = usableStructs(version, extensions);
  const parts = usable.map((one) => featureMemory(one, []));
  const features = struct('VkPhysicalDeviceFeatures2', { pNext: linked(parts) });
  if (usable.length === 0) return [];
  instance.commands.vkGetPhysicalDeviceFeatures2(physical, features.memory);
  return usable.flatMap((one, index) => setFeatures(one, parts[index] as ArrayBuffer));
}

/**
 * All features of the table that the device lists.
 *
 * @param version What {@link usableVersion} gives.
 */
export function enabledFeatures(
  info: Pick<DeviceInfo, 'features' | 'extensions'>,
  version: number,
): EnabledFeatures {
  const has = (name: string): boolean => info.features.includes(name);
  const wanted = usableStructs(version, info.extensions).filter(({ features }) => features.some(has));
  return {
    core: WANTED_CORE_FEATURES.filter(has),
    chained: wanted.flatMap(({ features }) => features.filter(has)),
    extensions: [
      ...new Set([...wanted.flatMap((one) => extensionsOf(one, version)), ...plain(info, version)]),
    ],
    chain: linked(wanted.map((one) => featureMemory(one, one.features.filter(has)))),
  };
}

function extensionsOf({ extension, core, besides }: FeatureStruct, version: number): readonly string[] {
  if (isCore(core, version)) return [];
  return besides === undefined ? [extension] : [besides, extension];
}

/** They depend on Vulkan 1.1, or on extensions of the instance that are not enabled. */
function plain({ extensions }: Pick<DeviceInfo, 'extensions'>, version: number): readonly string[] {
  if (version < makeVersion(1, 1, 0)) return [];
  return Object.entries(PLAIN_EXTENSIONS).flatMap(([extension, core]) =>
    !isCore(core, version) && extensions.includes(extension) ? [extension] : [],
  );
}

function isCore(core: number | null, version: number): boolean {
  return core !== null && version >= core;
}

/** vkGetPhysicalDeviceFeatures2 is of Vulkan 1.1: before, there is nothing to chain to. */
function usableStructs(version: number, extensions: readonly string[]): readonly FeatureStruct[] {
  if (version < makeVersion(1, 1, 0)) return [];
  return FEATURE_STRUCTS.filter(
    ({ core, extension }) => isCore(core, version) || extensions.includes(extension),
  );
}

function featureMemory({ sType, features }: FeatureStruct, on: readonly string[]): ArrayBuffer {
  const bytes = FIRST_FEATURE_OFFSET + 4 * features.length;
  const view = new DataView(new ArrayBuffer(Math.ceil(bytes / 8) * 8));
  view.setInt32(0, sType, true);
  for (const [index, name] of features.entries())
    view.setUint32(FIRST_FEATURE_OFFSET + 4 * index, on.includes(name) ? 1 : 0, true);
  return view.buffer as ArrayBuffer;
}

function setFeatures({ features }: FeatureStruct, memory: ArrayBuffer): readonly string[] {
  const view = new DataView(memory);
  return features.filter(
    (name, index) =>
      view.getUint32(FIRST_FEATURE_OFFSET + 4 * index, true) !== 0 && !UNWANTED_FEATURES.includes(name),
  );
}

/** Points each to the next, and gives the first. */
function linked(parts: readonly ArrayBuffer[]): ArrayBuffer | null {
  for (const [index, next] of parts.slice(1).entries())
    writePointer(parts[index] as ArrayBuffer, P_NEXT_OFFSET, next);
  return parts[0] ?? null;
}
