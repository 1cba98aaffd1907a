// Which memory type a buffer draws from. A pure rule over what the device lists.
import { GuestmarkError } from '../base/errors.ts';
import type { MemoryUse } from './compute-device.ts';
import type { MemoryHeapInfo, MemoryTypeInfo } from './device-info.ts';

/** The classic PCI BAR window: a heap that is not larger is too scarce to place ordinary buffers in. */
export const BAR_WINDOW_BYTES: number = 256 * 2 ** 20;

/** What the device lists, and what a resource can use of it. */
export interface MemoryChoice {
  readonly types: readonly MemoryTypeInfo[];
  readonly heaps: readonly MemoryHeapInfo[];
  /** VkMemoryRequirements::memoryTypeBits. */
  readonly typeBits: number;
}

/**
 * Picks a memory type:
 * - `device`: device-local; one that the CPU can also map when its heap is larger than the BAR window
 *   (unified memory, resizable BAR), because then no staging copy is needed; else one it cannot map.
 * - `upload`: host-visible and coherent, preferably neither cached nor device-local: the CPU only
 *   writes, and a PCI device reads system memory.
 * - `download`: host-visible and cached, preferably coherent: the CPU reads.
 *
 * The specification guarantees a type that is host-visible and coherent, and one that is device-local.
 *
 * @throws GuestmarkError (unsupported) where no allowed type serves the use.
 */
export function pickMemoryType(use: MemoryUse, choice: MemoryChoice): MemoryTypeInfo {
  const allowed = choice.types.filter((type) => ((choice.typeBits >>> type.index) & 1) === 1);
  const candidates = allowed.filter((type) => (use === 'device' ? type.deviceLocal : type.hostVisible));
  const score = SCORES[use];
  const [best] = [...candidates].sort(
    (a, b) => score(b, choice.heaps) - score(a, choice.heaps) || a.index - b.index,
  );
  const fallback = use === 'device' ? allowed[0] : undefined;
  const picked = best ?? fallback;
  if (picked === undefined) {
    throw new GuestmarkError(
      'unsupported',
      `Cannot place a buffer for ${use}: no memory type of the device serves it`,
    );
  }
  return picked;
}

type Score = (type: MemoryTypeInfo, heaps: readonly MemoryHeapInfo[]) => number;

const SCORES: Readonly<Record<MemoryUse, Score>> = {
  device: (type, heaps) => {
    const large = (heaps[type.heapIndex]?.bytes ?? 0) > BAR_WINDOW_BYTES;
    return (large ? 4 : 0) + (type.hostVisible === large ? 2 : 0) + (type.hostCoherent ? 1 : 0);
  },
  upload: (type) => (type.hostCoherent ? 4 : 0) + (type.deviceLocal ? 0 : 2) + (type.hostCached ? 0 : 1),
  download: (type) => (type.hostCached ? 4 : 0) + (type.hostCoherent ? 2 : 0) + (type.deviceLocal ? 0 : 1),
};
