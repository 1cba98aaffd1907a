// What guestmark assumes of a shader that says nothing more: one axis n, arrays of n elements, as many invocations, inputs
// that are random. Every assumption is a value of the definition and is shown as such. Pure.
import type { BindingInterface, KernelInterface } from '../shader/kernel-interface.ts';
import type { Origin, ShaderDefinition } from './definition.ts';
import { type Expression, parseExpression } from './expression.ts';

/** Where an assumed value comes from. */
export const CONVENTION: Origin = { kind: 'convention', place: null };

/** Every axis that a convention speaks of, with the values to choose from, the best first. */
export const CONVENTION_AXES: Readonly<Record<'n' | 'width' | 'height' | 'depth', readonly number[]>> = {
  n: descending(22),
  width: descending(10),
  height: descending(10),
  depth: descending(6),
};

/** Powers of two from 2^exponent down to 1. */
function descending(exponent: number): readonly number[] {
  return Array.from({ length: exponent + 1 }, (_, index) => 2 ** (exponent - index));
}

/** What every Vulkan device offers (maxComputeWorkGroupCount, maxStorageBufferRange; specification, "Required Limits"). */
export const LEAST_GROUPS = 65_535;
export const LEAST_RANGE_BYTES: number = 2 ** 27;

/** maxImageDimension1D, 2D and 3D, in the same place. */
export const LEAST_IMAGE_SIZE = { '1d': 4096, '2d': 4096, '3d': 256 } as const;

/** The names along which an image is laid out. */
const IMAGE_AXES = { '1d': ['n'], '2d': ['width', 'height'], '3d': ['width', 'height', 'depth'] } as const;

/** Elements of a runtime array or texels of an image; null where the shader fixes the size. */
export function conventionalElements({
  element,
  elementCount,
  elementCountConstant,
  image,
}: BindingInterface): readonly Expression[] | null {
  if (image !== null) return imageAxes(image.dimensions).map(parseExpression);
  if (elementCountConstant !== undefined) return [parseExpression(elementCountConstant)];
  return element !== null && elementCount === null ? [parseExpression('n')] : null;
}

/** Invocations: one for every texel of the first image that is written, else one for every element. */
export function conventionalSize({ bindings }: KernelInterface): ShaderDefinition['size']['value'] {
  const image = bindings.find((binding) => binding.image !== null && writes(binding))?.image;
  const along = image === undefined || image === null ? ['n'] : imageAxes(image.dimensions);
  return { of: 'items', along: along.map(parseExpression) };
}

function imageAxes(dimensions: string): readonly string[] {
  return IMAGE_AXES[dimensions as keyof typeof IMAGE_AXES] ?? IMAGE_AXES['2d'];
}

/** Whether the shader may change a binding. */
export function writes({ kind, use }: BindingInterface): boolean {
  return (kind === 'storage' || kind === 'storage-image') && use.includes('write');
}

/** Whether what is in a binding before matters. */
export function reads({ use }: BindingInterface): boolean {
  return use.includes('read');
}

/** Kinds of bindings that a device is given here; the others are refused by name when the kernel is made. */
export function isSupported(kind: BindingInterface['kind']): boolean {
  return kind === 'storage' || kind === 'uniform' || kind === 'storage-image';
}
