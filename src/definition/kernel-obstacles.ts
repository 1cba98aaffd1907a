// What stands in the way of a kernel whatever its axes are: kinds of bindings, capabilities, features, extensions, and
// limits of things that are fixed in the shader. Pure.
import type { BindingInterface, BindingKind, KernelInterface } from '../shader/kernel-interface.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { capabilityObstacles as statesOf } from '../vulkan/kernel-capabilities.ts';
import { moduleObstacle } from '../vulkan/kernel-module.ts';
import type { Obstacle } from './definition-plan.ts';
import type { Expandable } from './expand-definition.ts';
import { isExceeded, type Need, needOf, obstacleOf } from './need.ts';
import { unsupportedBinding } from './unsupported-bindings.ts';

/** What stands in the way of every case; without a device only what guestmark itself cannot do. */
export function kernelObstacles(expandable: Expandable, device: DeviceInfo | null): readonly Obstacle[] {
  const { definition, kernel } = expandable;
  const unsupported = kernel.bindings.flatMap(bindingObstacle);
  if (device === null) return unsupported;
  return [
    ...unsupported,
    ...capabilityObstacles(kernel, device),
    ...versionObstacle(expandable, device),
    ...definition.requires.flatMap(({ value }) => requirementObstacle(value, device)),
    ...fixedNeeds(kernel, device).filter(isExceeded).map(obstacleOf),
  ];
}

function absent(what: string, message: string, hint: string, binding: string | null = null): Obstacle {
  return { what, needed: null, limit: null, binding, axis: null, fittingValue: null, message, hint };
}

function bindingObstacle(binding: BindingInterface): readonly Obstacle[] {
  const { name, kind } = binding;
  return unsupportedBinding(binding).map(({ state, hint }) => absent(kind, state, hint, name));
}

function capabilityObstacles({ capabilities }: KernelInterface, device: DeviceInfo): readonly Obstacle[] {
  const all = capabilities.flatMap((capability) =>
    statesOf([capability], device).map((state) => absent(capability, state, ANOTHER_DEVICE)),
  );
  // Several capabilities may need one feature.
  return [...new Map(all.map((one) => [one.message, one])).values()];
}

function versionObstacle({ definition, kernel }: Expandable, device: DeviceInfo): readonly Obstacle[] {
  const state = moduleObstacle(device, kernel, Buffer.from(definition.spirv, 'base64'));
  return state === undefined ? [] : [absent('SPIR-V', state, 'compile it for an older version of Vulkan')];
}

const ANOTHER_DEVICE = 'choose another device with --device, or write the shader without it';

function requirementObstacle(name: string, { features, extensions }: DeviceInfo): readonly Obstacle[] {
  if (features.includes(name) || extensions.includes(name)) return [];
  const what = name.startsWith('VK_') ? 'extension' : 'feature';
  return [absent(name, `the device lacks the ${what} ${name}`, 'choose another device with --device')];
}

function fixedNeeds(kernel: KernelInterface, device: DeviceInfo): readonly Need[] {
  const { limits } = device;
  const { bindings, pushConstantBytes, sharedBytes } = kernel;
  const ofKind = (wanted: BindingKind): number => bindings.filter(({ kind }) => kind === wanted).length;
  const count = (what: Count, needed: number, things: string): readonly Need[] =>
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

type Count =
  | 'maxBoundDescriptorSets'
  | 'maxPerStageResources'
  | `maxPerStageDescriptor${'Storage' | 'Uniform'}Buffers`
  | 'maxPerStageDescriptorStorageImages';

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
