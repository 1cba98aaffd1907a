// Words of their own at many places of device memory, written and read back by the device: what shows that memory is
// there and that no two places are one. Works for memory that the CPU cannot map, too.
import { compareElements, type Verification } from 'guestmark';
import { createBoundBuffer, type LogicalDevice, mapMemory, structArray, submitOnce } from 'guestmark/vulkan';

/** Four bytes of a buffer. */
export interface Place {
  readonly buffer: bigint;
  /** A multiple of 4. */
  readonly offset: number;
}

const WORD_BYTES = 4;
/** Odd, so that no two marks of fewer than 2 ** 32 are the same. */
const STEP = 0x9e37_79b1;

/** The mark at an index: never that of another, and rarely what memory held before. */
export function markAt(index: number): number {
  return (Math.imul(index + 1, STEP) ^ 0x5bd1_e995) >>> 0;
}

/** Writes the marks of the places, in their order. */
export function markPlaces(device: LogicalDevice, places: readonly Place[]): void {
  const { vkCmdFillBuffer } = device.commands;
  submitOnce(device, (commandBuffer) => {
    for (const [index, { buffer, offset }] of places.entries())
      vkCmdFillBuffer(commandBuffer, buffer, offset, WORD_BYTES, markAt(index));
  });
}

/** Compares what the places hold with the marks at `indices`. */
export function comparePlaces(
  device: LogicalDevice,
  places: readonly Place[],
  indices: readonly number[] = places.map((_, index) => index),
): Verification {
  return compareElements('marks of memory', readPlaces(device, places), Uint32Array.from(indices, markAt));
}

function readPlaces(device: LogicalDevice, places: readonly Place[]): Uint32Array {
  const bytes = places.length * WORD_BYTES;
  using words = createBoundBuffer(device, bytes, 'download');
  const { vkCmdCopyBuffer } = device.commands;
  const regions = places.map(({ offset }, index) =>
    structArray('VkBufferCopy', [{ srcOffset: offset, dstOffset: index * WORD_BYTES, size: WORD_BYTES }]),
  );
  submitOnce(device, (commandBuffer) => {
    for (const [index, { buffer }] of places.entries())
      vkCmdCopyBuffer(commandBuffer, buffer, words.handle, 1, regions[index]?.memory ?? null);
  });
  using mapped = mapMemory(device, words, 0, bytes);
  mapped.invalidate();
  return new Uint32Array(mapped.bytes.slice().buffer);
}
