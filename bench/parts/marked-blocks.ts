// Proves that blocks of memory are there and apart: the device writes words of their own to the first and the last four
// bytes of each, and reads them back later.
import type { Verification } from 'guestmark';
import { type LogicalDevice, submitOnce, vk } from 'guestmark/vulkan';
import { type Block, bufferOver } from './device-memory.ts';
import { comparePlaces, markAt, markPlaces, type Place } from './marked-places.ts';

const WORD_BYTES = 4;
const MARKS_A_BLOCK = 2;

/** Writes the marks of the blocks, in their order. */
export function writeMarks(device: LogicalDevice, blocks: readonly Block[]): void {
  withBuffers(device, blocks, (buffers) => markPlaces(device, endsOf(blocks, buffers)));
}

/** Compares the marks of those blocks with what {@link writeMarks} wrote; `indices` are their places in its list. */
export function compareMarks(
  device: LogicalDevice,
  blocks: readonly Block[],
  indices: readonly number[] = blocks.map((_, index) => index),
): Verification {
  const marks = indices.flatMap((index) => [index * MARKS_A_BLOCK, index * MARKS_A_BLOCK + 1]);
  return withBuffers(device, blocks, (buffers) => comparePlaces(device, endsOf(blocks, buffers), marks));
}

/** Lets the device write every byte of a block: memory that is lent at first use is then there. */
export function touch(device: LogicalDevice, block: Block): void {
  using buffer = bufferOver(device, block);
  const { vkCmdFillBuffer } = device.commands;
  submitOnce(device, (commandBuffer) => {
    vkCmdFillBuffer(commandBuffer, buffer.handle, 0, vk.VK_WHOLE_SIZE, markAt(0));
  });
}

function endsOf(blocks: readonly Block[], buffers: readonly bigint[]): readonly Place[] {
  return buffers.flatMap((buffer, index) => {
    const { bytes } = blocks[index] as Block;
    return [
      { buffer, offset: 0 },
      { buffer, offset: bytes - WORD_BYTES },
    ];
  });
}

function withBuffers<T>(
  device: LogicalDevice,
  blocks: readonly Block[],
  use: (buffers: readonly bigint[]) => T,
): T {
  const made: ReturnType<typeof bufferOver>[] = [];
  try {
    for (const block of blocks) made.push(bufferOver(device, block));
    return use(made.map(({ handle }) => handle));
  } finally {
    for (const buffer of made) buffer[Symbol.dispose]();
  }
}
