// What a kernel needs against what a device offers, checked before the driver sees it: drivers answer
// such mistakes with crashes more often than with errors. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import type { Groups, IndirectGroups } from './compute-device.ts';
import type { DeviceInfo } from './device-info.ts';
import { bindingObstacles, descriptorObstacle } from './kernel-bindings.ts';
import { capabilityObstacles } from './kernel-capabilities.ts';
import { moduleObstacle } from './kernel-module.ts';

/** VkDispatchIndirectCommand: three uint32. */
const GROUPS_BYTES = 12;

type Triple = readonly [number, number, number];

/**
 * @throws GuestmarkError (unsupported) naming the bindings, capabilities, features or limit that stand against it.
 */
export function checkKernel(device: DeviceInfo, kernel: KernelInterface, localSize: Triple): void {
  checkSupport(kernel, capabilityObstacles(kernel.capabilities, device));
  const { limits } = device;
  const descriptors = descriptorObstacle(kernel.bindings, limits);
  if (descriptors !== undefined) refuse(descriptors, 'use fewer bindings, or lower set numbers');
  checkLocalSize(device, localSize);
  if (kernel.sharedBytes !== null && kernel.sharedBytes > limits.maxComputeSharedMemorySize) {
    refuse(
      `${kernel.sharedBytes} bytes of shared memory are more than maxComputeSharedMemorySize, ${limits.maxComputeSharedMemorySize}`,
      'use less shared memory, or a smaller workgroup size where it depends on that',
    );
  }
  if (kernel.pushConstantBytes > limits.maxPushConstantsSize) {
    refuse(
      `${kernel.pushConstantBytes} bytes of push constants are more than maxPushConstantsSize, ${limits.maxPushConstantsSize}`,
      'pass the rest in a storage buffer',
    );
  }
}

/**
 * Names everything that is not supported at once.
 *
 * @param others States of the message besides the bindings.
 * @throws GuestmarkError (unsupported) where there is any.
 */
export function checkSupport({ bindings }: KernelInterface, others: readonly string[] = []): void {
  const odd = bindingObstacles(bindings);
  const states = [...odd, ...others];
  if (states.length === 0) return;
  const hint = 'kernels take storage buffers, uniform buffers and storage images, one a binding';
  refuse(states.join('; '), odd.length === 0 ? undefined : hint);
}

/** @throws GuestmarkError (unsupported) for a module of a form that the device does not take. */
export function checkModule(device: DeviceInfo, kernel: KernelInterface, spirv: Uint8Array): void {
  const obstacle = moduleObstacle(device, kernel, spirv);
  if (obstacle !== undefined) refuse(obstacle, 'compile it for an older version of Vulkan');
}

function checkLocalSize({ limits }: DeviceInfo, localSize: Triple): void {
  const hint = 'set a smaller workgroup size';
  const invocations = localSize[0] * localSize[1] * localSize[2];
  if (!(invocations > 0))
    refuse(
      `its workgroup size ${localSize.join(' × ')} is empty`,
      'set a workgroup size of at least 1 along each axis',
    );
  if (invocations > limits.maxComputeWorkGroupInvocations) {
    refuse(
      `${invocations} invocations in a workgroup are more than maxComputeWorkGroupInvocations, ${limits.maxComputeWorkGroupInvocations}`,
      hint,
    );
  }
  localSize.forEach((size, axis) => {
    const limit = limits.maxComputeWorkGroupSize[axis] as number;
    if (size > limit)
      refuse(
        `its workgroup size ${size} along ${'xyz'[axis]} is more than maxComputeWorkGroupSize, ${limit}`,
        hint,
      );
  });
}

/**
 * @throws GuestmarkError (unsupported) for more workgroups than the device dispatches at once, (usage)
 * for counts that are no whole numbers.
 */
export function checkGroups(device: DeviceInfo, groups: Groups): void {
  groups.forEach((count, axis) => {
    const limit = device.limits.maxComputeWorkGroupCount[axis] as number;
    if (!Number.isInteger(count) || count < 0)
      throw new GuestmarkError('usage', `Cannot dispatch: ${count} is not a workgroup count`, {
        hint: 'workgroup counts are whole numbers, 0 or more',
      });
    if (count > limit) {
      throw new GuestmarkError(
        'unsupported',
        `Cannot dispatch ${count} workgroups along ${'xyz'[axis]}: the device's maxComputeWorkGroupCount is ${limit}`,
        {
          hint: 'lower the size axis of the benchmark or raise its workgroup size',
        },
      );
    }
  });
}

/**
 * @throws GuestmarkError (usage) where the buffer does not hold three aligned uint32 at the offset.
 */
export function checkIndirectGroups({ buffer, offset }: IndirectGroups): void {
  if (Number.isInteger(offset) && offset >= 0 && offset % 4 === 0 && offset + GROUPS_BYTES <= buffer.bytes)
    return;
  throw new GuestmarkError(
    'usage',
    `Cannot dispatch: buffer "${buffer.name}" of ${buffer.bytes} bytes holds no workgroup counts at offset ${offset}`,
    { hint: `an offset is a multiple of 4 with ${GROUPS_BYTES} bytes of the buffer after it` },
  );
}

function refuse(state: string, hint?: string): never {
  const details = hint === undefined ? {} : { hint };
  throw new GuestmarkError('unsupported', `Cannot run the kernel: ${state}`, details);
}
