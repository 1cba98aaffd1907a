// Which memory types a buffer may draw from, best first. A pure rule over what the device lists.
import { GuestmarkError } from '../base/errors.ts';
import type { MemoryUse } from './compute-device.ts';
import type { MemoryHeapInfo, MemoryTypeInfo } from './device-info.ts';

/** What the device lists, and what a resource can use of it. */
export interface MemoryChoice {
  readonly types: readonly MemoryTypeInfo[];
  readonly heaps: readonly MemoryHeapInfo[];
  /** VkMemoryRequirements::memoryTypeBits. */
  readonly typeBits: number;
}

/** Memory types that serve a use, best first; at least one. */
export type MemoryCandidates = readonly [MemoryTypeInfo, ...MemoryTypeInfo[]];

/**
 * Ranks the memory types that serve a use:
 * - `device`: device-local. First those that the CPU can also map and whose heap is the largest device-local
 *   one (unified memory, resizable BAR), coherent before not: no staging copy is needed. Then those that it
 *   cannot map. Last those that it can map in a smaller heap: such a window to the device is scarce.
 * - `upload`: host-visible. Coherent before not, then not device-local before device-local, then not cached
 *   before cached: the CPU only writes, and a PCI device reads system memory.
 * - `download`: host-visible. Cached before not, then coherent before not, then not device-local before
 *   device-local: the CPU reads.
 *
 * Equals are ordered by the size of their heaps, largest first, then by index. The specification guarantees
 * a type that is host-visible and coherent, and for every buffer one that is device-local.
 *
 * @throws GuestmarkError (unsupported) where no allowed type serves the use.
 */
export function rankMemoryTypes(use: MemoryUse, { types, heaps, typeBits }: MemoryChoice): MemoryCandidates {
  const bytesOf = (type: MemoryTypeInfo): number => heaps[type.heapIndex]?.bytes ?? 0;
  const largestBytes = Math.max(0, ...heaps.filter((heap) => heap.deviceLocal).map(({ bytes }) => bytes));
  const score = (type: MemoryTypeInfo): number => SCORES[use](type, bytesOf(type) >= largestBytes);
  const [best, ...others] = types
    .filter((type) => ((typeBits >>> type.index) & 1) === 1)
    .filter((type) => (use === 'device' ? type.deviceLocal : type.hostVisible))
    .sort((a, b) => score(b) - score(a) || bytesOf(b) - bytesOf(a) || a.index - b.index);
  if (best !== undefined) return [best, ...others];
  throw new GuestmarkError(
    'unsupported',
    `Cannot place a buffer for ${use}: no memory type of the device serves it`,
    { hint: 'a newer driver, or another device, may have one' },
  );
}

type Score = (type: MemoryTypeInfo, inLargestHeap: boolean) => number;

const SCORES: Readonly<Record<MemoryUse, Score>> = {
  device: ({ hostVisible, hostCoherent }, inLargestHeap) => {
    if (!hostVisible) return 2;
    return (inLargestHeap ? 4 : 0) + (hostCoherent ? 1 : 0);
  },
  upload: (type) => (type.hostCoherent ? 4 : 0) + (type.deviceLocal ? 0 : 2) + (type.hostCached ? 0 : 1),
  download: (type) => (type.hostCached ? 4 : 0) + (type.hostCoherent ? 2 : 0) + (type.deviceLocal ? 0 : 1),
};
