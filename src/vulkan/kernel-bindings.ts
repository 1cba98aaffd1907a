// Which bindings a kernel may declare: what cannot be bound is named before anything is created, and so is what
// the device has too few descriptors for. Pure.
import type { BindingInterface, ImageInterface } from '../shader/kernel-interface.ts';
import { DESCRIPTOR_KINDS, isSupported, type SupportedKind } from './descriptor-kind.ts';
import type { DeviceLimits } from './device-info.ts';
import { IMAGE_FORMATS } from './image-format.ts';

/** What compilers allow. Drivers make room for all numbers up to the highest, and a hostile one ends them. */
const MOST_BINDING_NUMBER = 65534;

/** Why bindings cannot be bound, one each: `binding "tex" (combined-image-sampler, set 0 binding 2)`. */
export function bindingObstacles(bindings: readonly BindingInterface[]): readonly string[] {
  return bindings.flatMap((binding) => {
    const { name, kind, set, binding: index } = binding;
    const oddities = odditiesOf(binding);
    if (isSupported(kind) && oddities.length === 0) return [];
    return [`binding "${name}" (${[kind, `set ${set} binding ${index}`, ...oddities].join(', ')})`];
  });
}

function odditiesOf({ kind, binding, descriptorCount, image }: BindingInterface): readonly string[] {
  const arrays =
    descriptorCount === 1
      ? []
      : [descriptorCount === null ? 'array of descriptors' : `array of ${descriptorCount} descriptors`];
  const numbers = binding > MOST_BINDING_NUMBER ? [`number above ${MOST_BINDING_NUMBER}`] : [];
  return [...numbers, ...arrays, ...(kind === 'storage-image' && image !== null ? imageOddities(image) : [])];
}

function imageOddities({ dimensions, isArray, isMultisampled, format }: ImageInterface): readonly string[] {
  return [
    ...(['1d', '2d', '3d'].includes(dimensions) ? [] : [`${dimensions} image`]),
    ...(isArray ? ['array image'] : []),
    ...(isMultisampled ? ['multisampled'] : []),
    ...(format === null || Object.hasOwn(IMAGE_FORMATS, format) ? [] : [`format ${format}`]),
  ];
}

/** Why there are more sets or descriptors than the device takes; undefined where there are not. */
export function descriptorObstacle(
  bindings: readonly BindingInterface[],
  limits: DeviceLimits,
): string | undefined {
  const sets = setCount(bindings);
  if (sets > limits.maxBoundDescriptorSets)
    return `its descriptor set ${sets - 1} is not below maxBoundDescriptorSets, ${limits.maxBoundDescriptorSets}`;
  for (const kind of Object.keys(DESCRIPTOR_KINDS) as SupportedKind[]) {
    const count = bindings.filter((binding) => binding.kind === kind).length;
    const { limit } = DESCRIPTOR_KINDS[kind];
    if (count > (limits[limit] as number))
      return `${count} bindings of kind ${kind} are more than ${limit}, ${String(limits[limit])}`;
  }
  return bindings.length > limits.maxPerStageResources
    ? `${bindings.length} bindings are more than maxPerStageResources, ${limits.maxPerStageResources}`
    : undefined;
}

/** Sets up to the highest that is used. */
export function setCount(bindings: readonly BindingInterface[]): number {
  return bindings.reduce((count, { set }) => Math.max(count, set + 1), 0);
}
