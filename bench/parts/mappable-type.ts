// The memory types that the CPU can map, in an order in which the same number means the same on most devices: those of the
// device first, where a window to it (a BAR) is what a hypervisor may trap.
import type { DeviceInfo, OperationFigure } from 'guestmark';
import type { MemoryTypeInfo } from 'guestmark/vulkan';
import { exactly } from './recent-values.ts';

/** Host-visible types, device-local ones first; one that differs from an earlier one in nothing known here is left out. */
export function mappableTypes({ memoryTypes }: Pick<DeviceInfo, 'memoryTypes'>): readonly MemoryTypeInfo[] {
  const visible = memoryTypes.filter(({ hostVisible }) => hostVisible);
  const ranked = [...visible].sort(
    (a, b) => Number(b.deviceLocal) - Number(a.deviceLocal) || a.index - b.index,
  );
  const kindOf = (type: MemoryTypeInfo): string => `${type.heapIndex}: ${flagsOf(type)}`;
  return ranked.filter((one, index) => ranked.findIndex((type) => kindOf(type) === kindOf(one)) === index);
}

/** Why a device has no such type, as the end of a sentence, or null. */
export function mappableProblem(type: number, device: Pick<DeviceInfo, 'memoryTypes'>): string | null {
  const types = mappableTypes(device);
  if (type < types.length) return null;
  const listed = types.map((one, index) => `${index} is ${inWords(one)}`);
  return `of the memory types that the CPU can map the device has ${types.length} (${listed.join('; ')})`;
}

/** `memory type 4 (device-local, host-visible, coherent)`. */
function inWords(type: MemoryTypeInfo): string {
  return `memory type ${type.index} (${flagsOf(type)})`;
}

/** `device-local, host-visible, coherent, cached`. */
function flagsOf({ deviceLocal, hostVisible, hostCoherent, hostCached }: MemoryTypeInfo): string {
  const flags = [
    [deviceLocal, 'device-local'],
    [hostVisible, 'host-visible'],
    [hostCoherent, 'coherent'],
    [hostCached, 'cached'],
  ] as const;
  return flags.flatMap(([isSet, name]) => (isSet ? [name] : [])).join(', ');
}

/** Which memory was measured, with the size of what is behind it: a small heap of the device is a window to it. */
export function heapFigure(
  { memoryHeaps }: Pick<DeviceInfo, 'memoryHeaps'>,
  type: MemoryTypeInfo,
): OperationFigure {
  const bytes = memoryHeaps[type.heapIndex]?.bytes;
  return {
    id: 'heap',
    label: `heap of ${inWords(type)}`,
    unit: 'B',
    estimate:
      bytes === undefined
        ? { available: false, reason: `the device lists no heap ${type.heapIndex}` }
        : exactly(bytes),
    method: `size of memory heap ${type.heapIndex} as the device lists it`,
  };
}
