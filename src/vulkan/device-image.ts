// Storage images as the suite uses them: kept in layout GENERAL but for copies, which go through a staging
// buffer. Everything a device may lack is checked before the image is created.

import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { checkAlive } from './check-alive.ts';
import type { DeviceImage, ImageRequest } from './compute-device.ts';
import { imageBoxes } from './image-boxes.ts';
import { type ImageCopy, readBoxes, toGeneral, WHOLE, writeBoxes } from './image-copy.ts';
import { checkExtent, type ImageFormat, imageBytes, imageFormat } from './image-format.ts';
import { checkFormatSupport, IMAGE_TYPES, IMAGE_USAGE } from './image-support.ts';
import type { LogicalDevice } from './logical-device.ts';
import { STAGING_BYTES } from './mapped-copy.ts';
import { allocateMemory } from './memory-allocation.ts';
import * as vk from './registry/constants.ts';
import { outHandle, struct } from './struct.ts';

/** A {@link DeviceImage} with the Vulkan handles behind it. */
export interface VulkanImage extends DeviceImage {
  readonly view: bigint;
  readonly format: string;
  readonly dimensions: ImageRequest['dimensions'];
}

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
  const copy: ImageCopy = { device, image, width: extent[0], boxes };
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
    return allocateMemory(device, { owner: `image "${name}"`, place: 'device', requirements });
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

function checkLength({ name }: ImageRequest, bytes: number, data: Uint8Array): void {
  if (data.byteLength === bytes) return;
  throw new GuestmarkError('usage', `Cannot copy ${data.byteLength} bytes: image "${name}" has ${bytes}`, {
    hint: 'an image is copied as a whole, tightly packed',
  });
}
