// What a device says of a format of storage images, asked before an image of it is created.
import { GuestmarkError } from '../base/errors.ts';
import { formatBytes } from '../base/units.ts';
import type { ImageRequest } from './compute-device.ts';
import { usableVersion } from './device-features.ts';
import { type ImageFormat, imageBytes } from './image-format.ts';
import type { LogicalDevice } from './logical-device.ts';
import * as vk from './registry/constants.ts';
import { readStruct, struct, type ValueOf } from './struct.ts';
import { makeVersion } from './version.ts';
import { check } from './vulkan-error.ts';

/** VkImageType and VkImageViewType. */
export const IMAGE_TYPES: Readonly<
  Record<ImageRequest['dimensions'], { readonly image: number; readonly view: number }>
> = {
  '1d': { image: vk.VK_IMAGE_TYPE_1D, view: vk.VK_IMAGE_VIEW_TYPE_1D },
  '2d': { image: vk.VK_IMAGE_TYPE_2D, view: vk.VK_IMAGE_VIEW_TYPE_2D },
  '3d': { image: vk.VK_IMAGE_TYPE_3D, view: vk.VK_IMAGE_VIEW_TYPE_3D },
};

/** What all images are used for. */
export const IMAGE_USAGE: number =
  vk.VK_IMAGE_USAGE_STORAGE_BIT | vk.VK_IMAGE_USAGE_TRANSFER_SRC_BIT | vk.VK_IMAGE_USAGE_TRANSFER_DST_BIT;

/** @throws GuestmarkError (unsupported) where the device has no such storage image, or none so large. */
export function checkFormatSupport(device: LogicalDevice, request: ImageRequest, format: ImageFormat): void {
  const obstacle = hasStorageFeatures(device, format)
    ? sizeObstacle(request, imageLimits(device, request, format))
    : noFormat(`storage images of format ${request.format}`);
  if (obstacle === null) return;
  const [state, hint] = obstacle;
  throw new GuestmarkError('unsupported', `Cannot create image "${request.name}": ${state}`, { hint });
}

/** The state and the hint of an error message. */
type Obstacle = readonly [state: string, hint: string];

function noFormat(what: string): Obstacle {
  return [`the device has no ${what}`, 'use another format: every device has r32f, rgba32f and rgba8 in 2d'];
}

function sizeObstacle(request: ImageRequest, limits: ImageLimits | null): Obstacle | null {
  const { dimensions, format, extent } = request;
  if (limits === null) return noFormat(`${dimensions} storage images of format ${format}`);
  const { width, height, depth } = limits.maxExtent;
  const most = [width, height, depth];
  const hint = 'lower the size axis of the benchmark';
  if (extent.some((size, axis) => size > (most[axis] as number)))
    return [`the device allows at most ${most.join(' × ')} texels of its kind`, hint];
  if (BigInt(imageBytes(request)) > limits.maxResourceSize)
    return [`the device allows at most ${formatBytes(Number(limits.maxResourceSize))} of its kind`, hint];
  return null;
}

function hasStorageFeatures({ instance, physical, info }: LogicalDevice, { vkFormat }: ImageFormat): boolean {
  const properties = struct('VkFormatProperties', {});
  instance.commands.vkGetPhysicalDeviceFormatProperties(physical, vkFormat, properties.memory);
  const { optimalTilingFeatures: features } = readStruct(properties);
  // Vulkan 1.0 has no bits for transfers: every format can be copied there.
  const transfers = vk.VK_FORMAT_FEATURE_TRANSFER_SRC_BIT | vk.VK_FORMAT_FEATURE_TRANSFER_DST_BIT;
  const needed =
    vk.VK_FORMAT_FEATURE_STORAGE_IMAGE_BIT |
    (usableVersion(instance, info) >= makeVersion(1, 1, 0) ? transfers : 0);
  return (features & needed) === needed;
}

type ImageLimits = ValueOf<'VkImageFormatProperties'>;

function imageLimits(
  { instance, physical }: LogicalDevice,
  request: ImageRequest,
  { vkFormat }: ImageFormat,
): ImageLimits | null {
  const properties = struct('VkImageFormatProperties', {});
  const code = instance.commands.vkGetPhysicalDeviceImageFormatProperties(
    physical,
    vkFormat,
    IMAGE_TYPES[request.dimensions].image,
    vk.VK_IMAGE_TILING_OPTIMAL,
    IMAGE_USAGE,
    0,
    properties.memory,
  );
  if (code === vk.VK_ERROR_FORMAT_NOT_SUPPORTED) return null;
  check('vkGetPhysicalDeviceImageFormatProperties', code);
  return readStruct(properties);
}
