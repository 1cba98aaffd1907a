// What a kernel needs against what a device offers, checked before the driver sees it: drivers answer
// such mistakes with crashes more often than with errors. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import type { Groups, IndirectGroups } from './compute-device.ts';
import type { DeviceInfo } from './device-info.ts';
import { capabilityObstacle } from './kernel-capabilities.ts';

/** VkDispatchIndirectCommand: three uint32. */
const GROUPS_BYTES = 12;

type Triple = readonly [number, number, number];

/**
 * @throws GuestmarkError (unsupported) naming the capability, feature, limit or binding kind that is missing.
 */
export function checkKernel(device: DeviceInfo, kernel: KernelInterface, localSize: Triple): void {
  const { limits, features } = device;
  const obstacle = capabilityObstacle(kernel.capabilities, features);
  if (obstacle !== undefined) refuse(obstacle);
  const odd = kernel.bindings.find(
    ({ kind, set, descriptorCount }) => kind !== 'storage' || set !== 0 || descriptorCount !== 1,
  );
  if (odd !== undefined) {
    refuse(
      `binding "${odd.name}" (${odd.kind}, set ${odd.set}) is not a storage buffer of set 0`,
      'kernels take storage buffers of set 0 and push constants',
    );
  }
  checkLocalSize(device, localSize);
  if (kernel.pushConstantBytes > limits.maxPushConstantsSize) {
    refuse(
      `${kernel.pushConstantBytes} bytes of push constants are more than maxPushConstantsSize, ${limits.maxPushConstantsSize}`,
      'pass the rest in a storage buffer',
    );
  }
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
