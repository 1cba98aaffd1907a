// Storage images as the suite uses them: created in layout GENERAL and kept there, written and read through a
// staging buffer. Everything a device may lack is checked before the image is created.

import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { checkAlive } from './check-alive.ts';
import type { DeviceImage, ImageRequest } from './compute-device.ts';
import { createBoundBuffer } from './device-memory.ts';
import { type ImageBox, imageBoxes } from './image-boxes.ts';
import { checkExtent, type ImageFormat, imageBytes, imageFormat } from './image-format.ts';
import { checkFormatSupport, IMAGE_TYPES, IMAGE_USAGE } from './image-support.ts';
import type { LogicalDevice } from './logical-device.ts';
import { readMapped, STAGING_BYTES, writeMapped } from './mapped-copy.ts';
import { allocateMemory } from './memory-allocation.ts';
import * as vk from './registry/constants.ts';
import { outHandle, struct } from './struct.ts';
import { submitOnce } from './submit-once.ts';

/** A {@link DeviceImage} with the Vulkan handles behind it. */
export interface VulkanImage extends DeviceImage {
  readonly view: bigint;
  readonly format: string;
  readonly dimensions: ImageRequest['dimensions'];
}

/** The one mip level and layer that an image has. */
const WHOLE = { aspectMask: vk.VK_IMAGE_ASPECT_COLOR_BIT, levelCount: 1, layerCount: 1 };

/**
 * Creates an image whose texels are undefined.
 *
 * @throws GuestmarkError (unsupported) for a format or size that the device lacks, (usage) for an impossible extent.
 */
export function createDeviceImage(device: LogicalDevice, request: ImageRequest): VulkanImage {
  const format = imageFormat(request);
  checkExtent(device.info, request);
  checkFormatSupport(device, request, format);
  return Scope.open((scope) => openImage(device, request, format, scope));
}

function openImage(
  device: LogicalDevice,
  request: ImageRequest,
  format: ImageFormat,
  scope: Scope,
): VulkanImage {
  const { name, extent, dimensions } = request;
  const bytes = imageBytes(request);
  const image = createImage(device, request, format, scope);
  const view = createView(device, image, request, format, scope);
  toGeneral(device, image);
  const boxes = imageBoxes(extent, format.texelBytes, STAGING_BYTES);
  const copy: Copy = { device, image, width: extent[0], boxes };
  return {
    name,
    bytes,
    extent,
    view,
    format: request.format,
    dimensions,
    write: (data) => {
      checkLength(request, bytes, data);
      writeBoxes(copy, data);
    },
    read: (into) => {
      checkLength(request, bytes, into);
      readBoxes(copy, into);
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
}

function createImage(
  device: LogicalDevice,
  { name, dimensions, extent: [width, height, depth] }: ImageRequest,
  { vkFormat }: ImageFormat,
  scope: Scope,
): bigint {
  const { commands, handle: owner } = device;
  const out = outHandle();
  const info = struct('VkImageCreateInfo', {
    imageType: IMAGE_TYPES[dimensions].image,
    format: vkFormat,
    extent: { width, height, depth },
    mipLevels: 1,
    arrayLayers: 1,
    samples: vk.VK_SAMPLE_COUNT_1_BIT,
    tiling: vk.VK_IMAGE_TILING_OPTIMAL,
    usage: IMAGE_USAGE,
    initialLayout: vk.VK_IMAGE_LAYOUT_UNDEFINED,
  });
  checkAlive(device, 'vkCreateImage', commands.vkCreateImage(owner, info.memory, null, out.memory));
  const image = out.value;
  const destroy = (): void => {
    if (!device.abandoned) commands.vkDestroyImage(owner, image, null);
  };
  // Memory outlives the image, although it can be asked for only after it: hence its own scope.
  const memory = Scope.open((unbound) => {
    unbound.defer(destroy);
    const requirements = struct('VkMemoryRequirements', {});
    commands.vkGetImageMemoryRequirements(owner, image, requirements.memory);
    return allocateMemory(device, { owner: `image "${name}"`, use: 'device', requirements });
  });
  scope.use(memory);
  scope.defer(destroy);
  checkAlive(device, 'vkBindImageMemory', commands.vkBindImageMemory(owner, image, memory.handle, 0));
  return image;
}

function createView(
  device: LogicalDevice,
  image: bigint,
  { dimensions }: ImageRequest,
  { vkFormat }: ImageFormat,
  scope: Scope,
): bigint {
  const { commands, handle: owner } = device;
  const out = outHandle();
  const info = struct('VkImageViewCreateInfo', {
    image,
    viewType: IMAGE_TYPES[dimensions].view,
    format: vkFormat,
    subresourceRange: WHOLE,
  });
  checkAlive(device, 'vkCreateImageView', commands.vkCreateImageView(owner, info.memory, null, out.memory));
  const view = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyImageView(owner, view, null);
  });
  return view;
}

function toGeneral(device: LogicalDevice, image: bigint): void {
  const access = vk.VK_ACCESS_MEMORY_READ_BIT | vk.VK_ACCESS_MEMORY_WRITE_BIT;
  const { memory } = struct('VkImageMemoryBarrier', {
    dstAccessMask: access,
    oldLayout: vk.VK_IMAGE_LAYOUT_UNDEFINED,
    newLayout: vk.VK_IMAGE_LAYOUT_GENERAL,
    srcQueueFamilyIndex: vk.VK_QUEUE_FAMILY_IGNORED,
    dstQueueFamilyIndex: vk.VK_QUEUE_FAMILY_IGNORED,
    image,
    subresourceRange: WHOLE,
  });
  const [from, to] = [vk.VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT, vk.VK_PIPELINE_STAGE_ALL_COMMANDS_BIT];
  submitOnce(device, (commandBuffer) =>
    device.commands.vkCmdPipelineBarrier(commandBuffer, from, to, 0, 0, null, 0, null, 1, memory),
  );
}

function checkLength({ name }: ImageRequest, bytes: number, data: Uint8Array): void {
  if (data.byteLength === bytes) return;
  throw new GuestmarkError('usage', `Cannot copy ${data.byteLength} bytes: image "${name}" has ${bytes}`, {
    hint: 'an image is copied as a whole, tightly packed',
  });
}

/** What all copies of an image share. */
interface Copy {
  readonly device: LogicalDevice;
  readonly image: bigint;
  readonly width: number;
  readonly boxes: readonly ImageBox[];
}

function writeBoxes({ device, image, width, boxes }: Copy, data: Uint8Array): void {
  using staging = createBoundBuffer(device, largestBytes(boxes), 'upload');
  for (const box of boxes) {
    writeMapped(device, staging, data.subarray(box.offset, box.offset + box.bytes));
    const region = regionOf(box, width);
    submitOnce(device, (commandBuffer) =>
      device.commands.vkCmdCopyBufferToImage(
        commandBuffer,
        staging.handle,
        image,
        vk.VK_IMAGE_LAYOUT_GENERAL,
        1,
        region,
      ),
    );
  }
}

function readBoxes({ device, image, width, boxes }: Copy, into: Uint8Array): void {
  using staging = createBoundBuffer(device, largestBytes(boxes), 'download');
  for (const box of boxes) {
    const region = regionOf(box, width);
    submitOnce(device, (commandBuffer) =>
      device.commands.vkCmdCopyImageToBuffer(
        commandBuffer,
        image,
        vk.VK_IMAGE_LAYOUT_GENERAL,
        staging.handle,
        1,
        region,
      ),
    );
    readMapped(device, staging, into.subarray(box.offset, box.offset + box.bytes));
  }
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
