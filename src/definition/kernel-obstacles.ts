// What stands in the way of a kernel whatever its axes are: kinds of bindings, capabilities, features, extensions, and
// limits of things that are fixed in the shader. Pure.
import { imageFormat } from '../shader/image-format.ts';
import type { BindingInterface, BindingKind, KernelInterface } from '../shader/kernel-interface.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { capabilityObstacle } from '../vulkan/kernel-capabilities.ts';
import type { Obstacle } from './definition-plan.ts';
import type { Expandable } from './expand-definition.ts';
import { isExceeded, type Need, needOf, obstacleOf } from './need.ts';

/** What stands in the way of every case; without a device only what guestmark itself cannot do. */
export function kernelObstacles(
  { definition, kernel }: Expandable,
  device: DeviceInfo | null,
): readonly Obstacle[] {
  const unsupported = kernel.bindings.flatMap(bindingObstacle);
  if (device === null) return unsupported;
  return [
    ...unsupported,
    ...capabilityObstacles(kernel, device),
    ...definition.requires.flatMap(({ value }) => requirementObstacle(value, device)),
    ...fixedNeeds(kernel, device).filter(isExceeded).map(obstacleOf),
  ];
}

function absent(what: string, message: string, hint: string, binding: string | null = null): Obstacle {
  return { what, needed: null, limit: null, binding, axis: null, fittingValue: null, message, hint };
}

const SUPPORTED: readonly BindingKind[] = ['storage', 'uniform', 'storage-image'];
const SUPPORTED_DIMENSIONS: readonly string[] = ['1d', '2d', '3d'];

/** A binding that guestmark cannot make, on whatever device. */
function bindingObstacle({
  name,
  set,
  binding,
  kind,
  descriptorCount,
  image,
}: BindingInterface): readonly Obstacle[] {
  const at = `binding "${name}" (set ${set}, binding ${binding})`;
  if (!SUPPORTED.includes(kind)) {
    const hint = 'use a storage buffer, a uniform buffer or a storage image in its place';
    return [absent(kind, `${at} is of the kind ${kind}, which is not supported`, hint, name)];
  }
  if (descriptorCount !== 1) {
    const state =
      descriptorCount === null
        ? 'an array of descriptors of no fixed length'
        : `${descriptorCount} descriptors`;
    return [
      absent(
        'descriptorCount',
        `${at} is ${state}, which is not supported`,
        'declare one binding for each',
        name,
      ),
    ];
  }
  const state = image === null ? null : imageProblem(image);
  if (state === null) return [];
  return [
    absent(
      'storage-image',
      `${at} is ${state}`,
      'use a plain 1D, 2D or 3D image of a format such as rgba32f',
      name,
    ),
  ];
}

function imageProblem({
  dimensions,
  isArray,
  isMultisampled,
  format,
}: NonNullable<BindingInterface['image']>): string | null {
  if (!SUPPORTED_DIMENSIONS.includes(dimensions))
    return `an image of ${dimensions} dimensions, which is not supported`;
  if (isArray) return 'an array of images, which is not supported';
  if (isMultisampled) return 'a multisampled image, which is not supported';
  if (format === null) return 'an image without a format, which is not supported';
  return imageFormat(format) === null ? `an image of the format ${format}, which is not supported` : null;
}

function capabilityObstacles(
  { capabilities }: KernelInterface,
  { features }: DeviceInfo,
): readonly Obstacle[] {
  return capabilities.flatMap((capability) => {
    const state = capabilityObstacle([capability], features);
    return state === undefined
      ? []
      : [absent(capability, `capability ${capability}: ${state}`, ANOTHER_DEVICE)];
  });
}

const ANOTHER_DEVICE = 'choose another device with --device, or write the shader without it';

function requirementObstacle(name: string, { features, extensions }: DeviceInfo): readonly Obstacle[] {
  if (features.includes(name) || extensions.includes(name)) return [];
  const what = name.startsWith('VK_') ? 'extension' : 'feature';
  return [absent(name, `the device lacks the ${what} ${name}`, 'choose another device with --device')];
}

/** Limits that not every device description carries yet. */
type MoreLimits = Partial<
  Readonly<
    Record<
      | 'maxBoundDescriptorSets'
      | 'maxPerStageDescriptorUniformBuffers'
      | 'maxPerStageDescriptorStorageBuffers'
      | 'maxPerStageDescriptorStorageImages'
      | 'maxPerStageResources',
      number
    >
  >
>;

function fixedNeeds(kernel: KernelInterface, device: DeviceInfo): readonly Need[] {
  const limits: DeviceInfo['limits'] & MoreLimits = device.limits;
  const { bindings, pushConstantBytes, sharedBytes } = kernel;
  const ofKind = (wanted: BindingKind): number => bindings.filter(({ kind }) => kind === wanted).length;
  const count = (what: keyof MoreLimits, needed: number, things: string): readonly Need[] =>
    needOf(
      {
        what,
        needed,
        unit: 'count',
        binding: null,
        phrase: (amount) => `it has ${amount} ${things}`,
        hint: FEWER,
      },
      limits[what],
    );
  return [
    ...needOf(pushConstantNeed(pushConstantBytes), limits.maxPushConstantsSize),
    ...needOf(sharedNeed(sharedBytes ?? 0), limits.maxComputeSharedMemorySize),
    ...count('maxBoundDescriptorSets', Math.max(0, ...bindings.map(({ set }) => set + 1)), 'descriptor sets'),
    ...count('maxPerStageDescriptorStorageBuffers', ofKind('storage'), 'storage buffers'),
    ...count('maxPerStageDescriptorUniformBuffers', ofKind('uniform'), 'uniform buffers'),
    ...count('maxPerStageDescriptorStorageImages', ofKind('storage-image'), 'storage images'),
    ...count('maxPerStageResources', bindings.length, 'bindings'),
  ];
}

const FEWER = 'put several arrays into one buffer, or choose another device with --device';

function pushConstantNeed(needed: number): Omit<Need, 'limit'> {
  return {
    what: 'maxPushConstantsSize',
    needed,
    unit: 'bytes',
    binding: null,
    phrase: (amount) => `its push constants take ${amount}`,
    hint: 'pass the rest in a uniform or storage buffer',
  };
}

function sharedNeed(needed: number): Omit<Need, 'limit'> {
  return {
    what: 'maxComputeSharedMemorySize',
    needed,
    unit: 'bytes',
    binding: null,
    phrase: (amount) => `its shared memory takes ${amount}`,
    hint: 'make its shared arrays smaller',
  };
}
