// What an image binding declares, in the words of GLSL. Knows no device and no format of Vulkan.
import type { ImageInterface } from './kernel-interface.ts';
import type { ShaderType } from './shader-type.ts';
import { IMAGE_FORMAT_NAMES } from './spirv-image-formats.ts';

/** By SPIR-V's Dim; the rest (texel buffers, input attachments) is `other`. */
const DIMENSIONS: readonly ImageInterface['dimensions'][] = ['1d', '2d', '3d', 'cube', 'rect'];

/** The image of a binding's type; null where it has none. */
export function reflectImage(type: ShaderType): ImageInterface | null {
  const image = type.kind === 'sampled-image' ? type.image : type;
  if (image?.kind !== 'image') return null;
  const { dim, isArray, isMultisampled, format, sampledType } = image;
  return {
    dimensions: DIMENSIONS[dim] ?? 'other',
    isArray,
    isMultisampled,
    format: format === 0 ? null : (IMAGE_FORMAT_NAMES[format] ?? `Format${format}`),
    sampledType,
  };
}
