// Copies between CPU memory and an image, in boxes of bounded size through a staging buffer. Outside of a copy the
// image is in the layout GENERAL.
import { createBoundBuffer } from './device-memory.ts';
import type { ImageBox } from './image-boxes.ts';
import type { LogicalDevice } from './logical-device.ts';
import { readMapped, writeMapped } from './mapped-copy.ts';
import * as vk from './registry/constants.ts';
import { struct } from './struct.ts';
import { submitOnce } from './submit-once.ts';

/** The one mip level and layer that an image has. */
export const WHOLE: Readonly<Record<'aspectMask' | 'levelCount' | 'layerCount', number>> = {
  aspectMask: vk.VK_IMAGE_ASPECT_COLOR_BIT,
  levelCount: 1,
  layerCount: 1,
};

/** What all copies of an image share. */
export interface ImageCopy {
  readonly device: LogicalDevice;
  readonly image: bigint;
  readonly width: number;
  readonly boxes: readonly ImageBox[];
}

/** Copies tightly packed texels to the image. */
export function writeBoxes(copy: ImageCopy, data: Uint8Array): void {
  const { device, image, width, boxes } = copy;
  const layout = vk.VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL;
  using staging = createBoundBuffer(device, largestBytes(boxes), 'upload');
  for (const box of boxes) {
    writeMapped(device, staging, data.subarray(box.offset, box.offset + box.bytes));
    const region = regionOf(box, width);
    copyIn(copy, layout, ({ vkCmdCopyBufferToImage }, commandBuffer) =>
      vkCmdCopyBufferToImage(commandBuffer, staging.handle, image, layout, 1, region),
    );
  }
}

/** Copies all texels, tightly packed. */
export function readBoxes(copy: ImageCopy, into: Uint8Array): void {
  const { device, image, width, boxes } = copy;
  const layout = vk.VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL;
  using staging = createBoundBuffer(device, largestBytes(boxes), 'download');
  for (const box of boxes) {
    const region = regionOf(box, width);
    copyIn(copy, layout, ({ vkCmdCopyImageToBuffer }, commandBuffer) =>
      vkCmdCopyImageToBuffer(commandBuffer, image, layout, staging.handle, 1, region),
    );
    readMapped(device, staging, into.subarray(box.offset, box.offset + box.bytes));
  }
}

/** Copies with the image in `layout`, and brings it back to GENERAL. */
function copyIn(
  copy: ImageCopy,
  layout: number,
  record: (commands: LogicalDevice['commands'], commandBuffer: bigint) => void,
): void {
  submitOnce(copy.device, (commandBuffer) => {
    changeLayout(copy, commandBuffer, vk.VK_IMAGE_LAYOUT_GENERAL, layout);
    record(copy.device.commands, commandBuffer);
    changeLayout(copy, commandBuffer, layout, vk.VK_IMAGE_LAYOUT_GENERAL);
  });
}

function largestBytes(boxes: readonly ImageBox[]): number {
  return Math.max(...boxes.map(({ bytes }) => bytes));
}

function regionOf({ y, z, height, depth }: ImageBox, width: number): ArrayBuffer {
  return struct('VkBufferImageCopy', {
    imageSubresource: { aspectMask: vk.VK_IMAGE_ASPECT_COLOR_BIT, layerCount: 1 },
    imageOffset: { y, z },
    imageExtent: { width, height, depth },
  }).memory;
}

/** Brings a new image into the layout GENERAL. */
export function toGeneral(device: LogicalDevice, image: bigint): void {
  submitOnce(device, (commandBuffer) =>
    changeLayout({ device, image }, commandBuffer, vk.VK_IMAGE_LAYOUT_UNDEFINED, vk.VK_IMAGE_LAYOUT_GENERAL),
  );
}

/** Orders everything before and after, too. */
function changeLayout(
  { device, image }: Pick<ImageCopy, 'device' | 'image'>,
  commandBuffer: bigint,
  oldLayout: number,
  newLayout: number,
): void {
  const stages = vk.VK_PIPELINE_STAGE_ALL_COMMANDS_BIT;
  const access = vk.VK_ACCESS_MEMORY_READ_BIT | vk.VK_ACCESS_MEMORY_WRITE_BIT;
  const { memory } = struct('VkImageMemoryBarrier', {
    srcAccessMask: access,
    dstAccessMask: access,
    oldLayout,
    newLayout,
    srcQueueFamilyIndex: vk.VK_QUEUE_FAMILY_IGNORED,
    dstQueueFamilyIndex: vk.VK_QUEUE_FAMILY_IGNORED,
    image,
    subresourceRange: WHOLE,
  });
  const { commands } = device;
  commands.vkCmdPipelineBarrier(commandBuffer, stages, stages, 0, 0, null, 0, null, 1, memory);
}
