// Where the scalars of a binding lie at a point of the axes: its header, its elements and their number. From what the
// shader declares and the definition adds. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { BindingInterface, ScalarPlace } from '../shader/kernel-interface.ts';
import { IMAGE_FORMATS } from '../vulkan/image-format.ts';
import type { BindingDefinition } from './definition.ts';
import { evaluate, type Scope } from './expression.ts';

/** A binding at one point of the axes. */
export interface BindingLayout {
  readonly name: string;
  /** Of everything, header and elements. */
  readonly bytes: number;
  readonly headerBytes: number;
  readonly headerScalars: readonly ScalarPlace[];
  readonly elements: number;
  /** Distance of two elements. */
  readonly elementBytes: number;
  readonly elementScalars: readonly ScalarPlace[];
  /** Texels along each axis of an image; null for a buffer. */
  readonly extent: readonly [number, number, number] | null;
}

/**
 * The layout of a binding.
 *
 * @throws GuestmarkError (usage) for a number of elements that makes no sense.
 */
export function layoutOf(
  binding: BindingInterface,
  definition: BindingDefinition,
  axes: Scope,
): BindingLayout {
  const counts = (definition.elements?.value ?? []).map((expression) => evaluate(expression, axes));
  if (binding.image !== null) return imageLayout(binding, counts);
  const elements = binding.element === null ? 0 : (counts[0] ?? binding.elementCount ?? 0);
  const { name, headerBytes, headerScalars, elementScalars } = binding;
  if (binding.element !== null) requireCount(name, elements);
  const elementBytes = binding.elementBytes ?? 0;
  const bytes = headerBytes + elements * elementBytes;
  return { name, bytes, headerBytes, headerScalars, elements, elementBytes, elementScalars, extent: null };
}

function imageLayout({ name, image }: BindingInterface, counts: readonly number[]): BindingLayout {
  for (const count of counts) requireCount(name, count);
  const [width = 1, height = 1, depth = 1] = counts;
  const format = IMAGE_FORMATS[image?.format ?? ''];
  const components = format?.components ?? 1;
  const scalarBytes = (format?.texelBytes ?? 4) / components;
  const elementScalars = Array.from({ length: components }, (_, index) => ({
    name: components === 1 ? '' : ('rgba'[index] as string),
    type: format?.component ?? ('uint' as const),
    offset: index * scalarBytes,
  }));
  const elements = width * height * depth;
  const elementBytes = components * scalarBytes;
  return {
    name,
    bytes: elements * elementBytes,
    headerBytes: 0,
    headerScalars: [],
    elements,
    elementBytes,
    elementScalars,
    extent: [width, height, depth],
  };
}

function requireCount(name: string, count: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= Number.MAX_SAFE_INTEGER) return;
  throw new GuestmarkError('usage', `Cannot size binding "${name}": ${count} is no number of elements`, {
    hint: 'choose axis values for which it is a whole number, 1 or more',
  });
}
