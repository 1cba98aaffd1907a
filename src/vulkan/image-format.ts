// The formats of storage images, by the names that GLSL gives them, and whether an image fits a device. Pure.
// Source: Vulkan specification, section "Compatibility Between SPIR-V Image Formats and Vulkan Formats".
import { GuestmarkError } from '../base/errors.ts';
import type { ScalarTypeName } from '../shader/kernel-interface.ts';
import type { ImageRequest } from './compute-device.ts';
import type { DeviceInfo, DeviceLimits } from './device-info.ts';
import * as vk from './registry/constants.ts';

/** How texels of a format lie in memory. */
export interface ImageFormat {
  /** VkFormat. */
  readonly vkFormat: number;
  readonly texelBytes: number;
  /** Components of a texel; 1 for packed formats, whose texel is one word. */
  readonly components: number;
  /** What a component is in memory; a normalized one is an integer there. */
  readonly component: ScalarTypeName;
  /** Scalar type that a shader sees. */
  readonly sampledType: 'float' | 'int' | 'uint';
}

/** By GLSL name: `rgba32f`. */
export const IMAGE_FORMATS: Readonly<Record<string, ImageFormat>> = {
  ...formats('float', 4, 'float', {
    r32f: vk.VK_FORMAT_R32_SFLOAT,
    rg32f: vk.VK_FORMAT_R32G32_SFLOAT,
    rgba32f: vk.VK_FORMAT_R32G32B32A32_SFLOAT,
  }),
  ...formats('float16', 2, 'float', {
    r16f: vk.VK_FORMAT_R16_SFLOAT,
    rg16f: vk.VK_FORMAT_R16G16_SFLOAT,
    rgba16f: vk.VK_FORMAT_R16G16B16A16_SFLOAT,
  }),
  ...formats('uint16', 2, 'float', {
    r16: vk.VK_FORMAT_R16_UNORM,
    rg16: vk.VK_FORMAT_R16G16_UNORM,
    rgba16: vk.VK_FORMAT_R16G16B16A16_UNORM,
  }),
  ...formats('int16', 2, 'float', {
    r16_snorm: vk.VK_FORMAT_R16_SNORM,
    rg16_snorm: vk.VK_FORMAT_R16G16_SNORM,
    rgba16_snorm: vk.VK_FORMAT_R16G16B16A16_SNORM,
  }),
  ...formats('uint8', 1, 'float', {
    r8: vk.VK_FORMAT_R8_UNORM,
    rg8: vk.VK_FORMAT_R8G8_UNORM,
    rgba8: vk.VK_FORMAT_R8G8B8A8_UNORM,
  }),
  ...formats('int8', 1, 'float', {
    r8_snorm: vk.VK_FORMAT_R8_SNORM,
    rg8_snorm: vk.VK_FORMAT_R8G8_SNORM,
    rgba8_snorm: vk.VK_FORMAT_R8G8B8A8_SNORM,
  }),
  ...formats('int', 4, 'int', {
    r32i: vk.VK_FORMAT_R32_SINT,
    rg32i: vk.VK_FORMAT_R32G32_SINT,
    rgba32i: vk.VK_FORMAT_R32G32B32A32_SINT,
  }),
  ...formats('int16', 2, 'int', {
    r16i: vk.VK_FORMAT_R16_SINT,
    rg16i: vk.VK_FORMAT_R16G16_SINT,
    rgba16i: vk.VK_FORMAT_R16G16B16A16_SINT,
  }),
  ...formats('int8', 1, 'int', {
    r8i: vk.VK_FORMAT_R8_SINT,
    rg8i: vk.VK_FORMAT_R8G8_SINT,
    rgba8i: vk.VK_FORMAT_R8G8B8A8_SINT,
  }),
  ...formats('uint', 4, 'uint', {
    r32ui: vk.VK_FORMAT_R32_UINT,
    rg32ui: vk.VK_FORMAT_R32G32_UINT,
    rgba32ui: vk.VK_FORMAT_R32G32B32A32_UINT,
  }),
  ...formats('uint16', 2, 'uint', {
    r16ui: vk.VK_FORMAT_R16_UINT,
    rg16ui: vk.VK_FORMAT_R16G16_UINT,
    rgba16ui: vk.VK_FORMAT_R16G16B16A16_UINT,
  }),
  ...formats('uint8', 1, 'uint', {
    r8ui: vk.VK_FORMAT_R8_UINT,
    rg8ui: vk.VK_FORMAT_R8G8_UINT,
    rgba8ui: vk.VK_FORMAT_R8G8B8A8_UINT,
  }),
  rgb10_a2: packed('float', vk.VK_FORMAT_A2B10G10R10_UNORM_PACK32),
  rgb10_a2ui: packed('uint', vk.VK_FORMAT_A2B10G10R10_UINT_PACK32),
  r11f_g11f_b10f: packed('float', vk.VK_FORMAT_B10G11R11_UFLOAT_PACK32),
};

function formats(
  component: ScalarTypeName,
  componentBytes: number,
  sampledType: ImageFormat['sampledType'],
  vkFormats: Readonly<Record<string, number>>,
): Record<string, ImageFormat> {
  const rows = Object.entries(vkFormats).map(([name, vkFormat]) => {
    const components = name.startsWith('rgba') ? 4 : name.startsWith('rg') ? 2 : 1;
    const texelBytes = components * componentBytes;
    return [name, { vkFormat, texelBytes, components, component, sampledType }] as const;
  });
  return Object.fromEntries(rows);
}

function packed(sampledType: ImageFormat['sampledType'], vkFormat: number): ImageFormat {
  return { vkFormat, texelBytes: 4, components: 1, component: 'uint', sampledType };
}

/**
 * The format of a GLSL name.
 *
 * @throws GuestmarkError (unsupported) for a name that is not in the table.
 */
export function imageFormat({ name, format }: Pick<ImageRequest, 'name' | 'format'>): ImageFormat {
  const known = Object.hasOwn(IMAGE_FORMATS, format) ? IMAGE_FORMATS[format] : undefined;
  if (known !== undefined) return known;
  throw new GuestmarkError(
    'unsupported',
    `Cannot create image "${name}": ${format} is not a format of storage images`,
    { hint: `formats are ${Object.keys(IMAGE_FORMATS).join(', ')}` },
  );
}

/** Bytes of all texels, tightly packed. */
export function imageBytes(request: ImageRequest): number {
  const [width, height, depth] = request.extent;
  return imageFormat(request).texelBytes * width * height * depth;
}

const LIMITS = {
  '1d': 'maxImageDimension1D',
  '2d': 'maxImageDimension2D',
  '3d': 'maxImageDimension3D',
} as const satisfies Record<ImageRequest['dimensions'], keyof DeviceLimits>;

/**
 * @throws GuestmarkError (usage) for an extent that makes no sense, (unsupported) for one above the device's limit.
 */
export function checkExtent(device: DeviceInfo, { name, dimensions, extent }: ImageRequest): void {
  const used = Number(dimensions[0]);
  const text = extent.join(' × ');
  if (extent.some((size, axis) => !Number.isInteger(size) || size < 1 || (axis >= used && size !== 1))) {
    throw new GuestmarkError(
      'usage',
      `Cannot create image "${name}": ${text} is no extent in ${dimensions}`,
      {
        hint: 'sizes are whole numbers, at least 1, and 1 along the axes that the image lacks',
      },
    );
  }
  const limit = device.limits[LIMITS[dimensions]];
  if (Math.max(...extent) > limit) {
    throw new GuestmarkError(
      'unsupported',
      `Cannot create image "${name}": ${text} texels are more than the device's ${LIMITS[dimensions]} of ${limit}`,
      { hint: 'lower the size axis of the benchmark' },
    );
  }
}
