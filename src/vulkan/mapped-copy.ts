// Copies between CPU memory and a buffer that the CPU can map, in windows of bounded size.
import { type BoundBuffer, MAP_WINDOW_BYTES, mapMemory } from './device-memory.ts';
import type { LogicalDevice } from './logical-device.ts';

/** Most bytes of one copy through a staging buffer. */
export const STAGING_BYTES: number = 64 * 2 ** 20;

/** Calls `each` for windows of at most `window` bytes that cover `length`. */
export function forWindows(
  length: number,
  window: number,
  each: (offset: number, count: number) => void,
): void {
  for (let offset = 0; offset < length; offset += window) each(offset, Math.min(window, length - offset));
}

/** Copies `data` to the start of the buffer. */
export function writeMapped(device: LogicalDevice, bound: BoundBuffer, data: Uint8Array): void {
  forWindows(data.byteLength, MAP_WINDOW_BYTES, (offset, count) => {
    using mapped = mapMemory(device, bound, offset, count);
    mapped.bytes.set(data.subarray(offset, offset + count));
    mapped.flush();
  });
}

/** Fills `into` from the start of the buffer. */
export function readMapped(device: LogicalDevice, bound: BoundBuffer, into: Uint8Array): void {
  forWindows(into.byteLength, MAP_WINDOW_BYTES, (offset, count) => {
    using mapped = mapMemory(device, bound, offset, count);
    mapped.invalidate();
    into.set(mapped.bytes, offset);
  });
}
