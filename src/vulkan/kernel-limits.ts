// What a kernel needs against what a device offers, checked before the driver sees it: drivers answer
// such mistakes with crashes more often than with errors. Pure.
import { GuestmarkError } from '../base/errors.ts';
import type { KernelInterface } from '../shader/kernel-interface.ts';
import type { Groups } from './compute-device.ts';
import type { DeviceInfo } from './device-info.ts';

/** SPIR-V capabilities that are Vulkan 1.0 features of the device. */
const FEATURE_OF: Readonly<Record<string, string>> = {
  Float64: 'shaderFloat64',
  Int64: 'shaderInt64',
  Int16: 'shaderInt16',
};

type Triple = readonly [number, number, number];

/**
 * @throws GuestmarkError (unsupported) naming the limit, feature or binding kind that is missing.
 */
export function checkKernel(device: DeviceInfo, kernel: KernelInterface, localSize: Triple): void {
  const { limits, features } = device;
  const missing = kernel.capabilities
    .map((name) => FEATURE_OF[name])
    .find((feature) => feature !== undefined && !features.includes(feature));
  if (missing !== undefined) refuse(`the device lacks the feature ${missing}`);
  const odd = kernel.bindings.find(
    ({ kind, set, descriptorCount }) => kind !== 'storage' || set !== 0 || descriptorCount !== 1,
  );
  if (odd !== undefined)
    refuse(`binding "${odd.name}" (${odd.kind}, set ${odd.set}) is not a storage buffer of set 0`);
  const invocations = localSize[0] * localSize[1] * localSize[2];
  if (!(invocations > 0)) refuse(`its workgroup size ${localSize.join(' × ')} is empty`);
  if (invocations > limits.maxComputeWorkGroupInvocations) {
    refuse(
      `${invocations} invocations in a workgroup are more than maxComputeWorkGroupInvocations, ${limits.maxComputeWorkGroupInvocations}`,
    );
  }
  localSize.forEach((size, axis) => {
    const limit = limits.maxComputeWorkGroupSize[axis] as number;
    if (size > limit)
      refuse(
        `its workgroup size ${size} along ${'xyz'[axis]} is more than maxComputeWorkGroupSize, ${limit}`,
      );
  });
  if (kernel.pushConstantBytes > limits.maxPushConstantsSize) {
    refuse(
      `${kernel.pushConstantBytes} bytes of push constants are more than maxPushConstantsSize, ${limits.maxPushConstantsSize}`,
    );
  }
}

/**
 * @throws GuestmarkError (unsupported) for more workgroups than the device dispatches at once, (usage)
 * for counts that are no whole numbers.
 */
export function checkGroups(device: DeviceInfo, groups: Groups): void {
  groups.forEach((count, axis) => {
    const limit = device.limits.maxComputeWorkGroupCount[axis] as number;
    if (!Number.isInteger(count) || count < 0)
      throw new GuestmarkError('usage', `Cannot dispatch: ${count} is not a workgroup count`);
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

function refuse(state: string): never {
  throw new GuestmarkError('unsupported', `Cannot run the kernel: ${state}`);
}
