// Proves that blocks of memory are there and apart: the device writes words of their own to the first and the last four
// bytes of each, and reads them back later. Works for memory that the CPU cannot map, too.
import { compareElements, type Verification } from 'guestmark';
import {
  createBoundBuffer,
  type LogicalDevice,
  mapMemory,
  structArray,
  submitOnce,
  vk,
} from 'guestmark/vulkan';
import { type Block, bufferOver } from './device-memory.ts';

const WORD_BYTES = 4;
const MARKS_A_BLOCK = 2;
/** Odd, so that no two marks of fewer than 2 ** 32 are the same. */
const STEP = 0x9e37_79b1;

/** The mark at an index of all marks: never that of another, and rarely what memory held before. */
function markAt(index: number): number {
  return (Math.imul(index + 1, STEP) ^ 0x5bd1_e995) >>> 0;
}

/** Writes the marks of the blocks, in their order. */
export function writeMarks(device: LogicalDevice, blocks: readonly Block[]): void {
  const { vkCmdFillBuffer } = device.commands;
  withBuffers(device, blocks, (buffers) =>
    submitOnce(device, (commandBuffer) => {
      for (const [index, buffer] of buffers.entries())
        for (const [mark, offset] of offsetsOf(blocks[index] as Block).entries())
          vkCmdFillBuffer(commandBuffer, buffer, offset, WORD_BYTES, markAt(index * MARKS_A_BLOCK + mark));
    }),
  );
}

/** Compares the marks of those blocks with what {@link writeMarks} wrote; `indices` are their places in its list. */
export function compareMarks(
  device: LogicalDevice,
  blocks: readonly Block[],
  indices: readonly number[] = blocks.map((_, index) => index),
): Verification {
  const expected = indices.flatMap((index) => [
    markAt(index * MARKS_A_BLOCK),
    markAt(index * MARKS_A_BLOCK + 1),
  ]);
  return compareElements('marks of memory', readMarks(device, blocks), Uint32Array.from(expected));
}

/** Lets the device write every byte of a block: memory that is lent at first use is then there. */
export function touch(device: LogicalDevice, block: Block): void {
  const { vkCmdFillBuffer } = device.commands;
  withBuffers(device, [block], ([buffer = 0n]) =>
    submitOnce(device, (commandBuffer) => {
      vkCmdFillBuffer(commandBuffer, buffer, 0, vk.VK_WHOLE_SIZE, markAt(0));
    }),
  );
}

function readMarks(device: LogicalDevice, blocks: readonly Block[]): Uint32Array {
  const bytes = blocks.length * MARKS_A_BLOCK * WORD_BYTES;
  using marks = createBoundBuffer(device, bytes, 'download');
  const { vkCmdCopyBuffer } = device.commands;
  withBuffers(device, blocks, (buffers) => {
    const regions = buffers.map((_, index) => copiesOf(blocks[index] as Block, index));
    submitOnce(device, (commandBuffer) => {
      for (const [index, buffer] of buffers.entries())
        vkCmdCopyBuffer(commandBuffer, buffer, marks.handle, MARKS_A_BLOCK, regions[index] as ArrayBuffer);
    });
  });
  using mapped = mapMemory(device, marks, 0, bytes);
  mapped.invalidate();
  return new Uint32Array(mapped.bytes.slice().buffer);
}

function copiesOf(block: Block, index: number): ArrayBuffer {
  const regions = offsetsOf(block).map((srcOffset, mark) => ({
    srcOffset,
    dstOffset: (index * MARKS_A_BLOCK + mark) * WORD_BYTES,
    size: WORD_BYTES,
  }));
  return structArray('VkBufferCopy', regions).memory;
}

function offsetsOf({ bytes }: Block): readonly number[] {
  return [0, bytes - WORD_BYTES];
}

function withBuffers(
  device: LogicalDevice,
  blocks: readonly Block[],
  use: (buffers: readonly bigint[]) => void,
): void {
  const made: ReturnType<typeof bufferOver>[] = [];
  try {
    for (const block of blocks) made.push(bufferOver(device, block));
    use(made.map(({ handle }) => handle));
  } finally {
    for (const buffer of made) buffer[Symbol.dispose]();
  }
}
