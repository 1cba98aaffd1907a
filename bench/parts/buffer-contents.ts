// What lies in a buffer, whatever memory it is in: written and compared through a small staging buffer by copies of the
// device, because the CPU may read memory of a device only very slowly, and because it is the device that must see it.
import { allOf, compareElements, type HostContext, type Verification } from 'guestmark';
import { type BoundBuffer, createBoundBuffer, type LogicalDevice, mapMemory } from 'guestmark/vulkan';
import { recordCopy, transferOnce, type WordFill } from './transfer.ts';

/** Most bytes at a time. */
const WINDOW_BYTES = 16 * 2 ** 20;

/** Writes and compares contents, outside of what is timed. */
export interface BufferContents {
  /** Copies `data` to the start of the buffer. */
  write(buffer: BoundBuffer, data: Uint8Array): void;
  /**
   * Compares the start of the buffer word by word.
   *
   * @param expected A multiple of 4 bytes, aligned to words.
   */
  compare(what: string, buffer: BoundBuffer, expected: Uint8Array): Verification;
  /** Compares the start of the buffer with one word. */
  compareWord(what: string, buffer: BoundBuffer, filled: WordFill): Verification;
}

/**
 * Prepares for buffers of a device.
 *
 * @param mostBytes Of what is written or compared at a time; less than the largest buffer costs more copies.
 */
export function bufferContents(
  device: LogicalDevice,
  scope: HostContext['scope'],
  mostBytes: number,
): BufferContents {
  const windowBytes = Math.min(WINDOW_BYTES, mostBytes);
  const staging = scope.use(createBoundBuffer(device, windowBytes, 'download'));
  const mapped = scope.use(mapMemory(device, staging, 0, windowBytes));
  const once = transferOnce(device, scope);
  const windows = windowsOf(windowBytes);
  const read = (buffer: BoundBuffer, srcOffset: number, size: number): Uint32Array => {
    once((commandBuffer) => recordCopy(device, commandBuffer, [buffer, staging], { srcOffset, size }));
    mapped.invalidate();
    return wordsOf(mapped.bytes.subarray(0, size));
  };
  return {
    write: (buffer, data) => {
      for (const { offset, size } of windows(data.byteLength)) {
        mapped.bytes.set(data.subarray(offset, offset + size));
        mapped.flush();
        once((commandBuffer) =>
          recordCopy(device, commandBuffer, [staging, buffer], { dstOffset: offset, size }),
        );
      }
    },
    compare: (what, buffer, expected) =>
      allOf(
        ...windows(expected.byteLength).map(({ offset, size }) =>
          compareElements(
            `${what} from byte ${offset}`,
            read(buffer, offset, size),
            wordsOf(expected.subarray(offset, offset + size)),
          ),
        ),
      ),
    compareWord: (what, buffer, { bytes, word }) => {
      const expected = new Uint32Array(windowBytes / 4).fill(word);
      return allOf(
        ...windows(bytes).map(({ offset, size }) =>
          compareElements(
            `${what} from byte ${offset}`,
            read(buffer, offset, size),
            expected.subarray(0, size / 4),
          ),
        ),
      );
    },
  };
}

/** The words of bytes, not copied. */
function wordsOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

interface Window {
  readonly offset: number;
  readonly size: number;
}

function windowsOf(windowBytes: number): (bytes: number) => readonly Window[] {
  return (bytes) =>
    Array.from({ length: Math.ceil(bytes / windowBytes) }, (_, index) => {
      const offset = index * windowBytes;
      return { offset, size: Math.min(windowBytes, bytes - offset) };
    });
}
