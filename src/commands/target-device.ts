// Which device a shader is compiled and planned for. Asked in a child process, and only where there is a shader: the rest
// of a command needs no device before it measures.
import { type Available, available, unavailable } from '../base/availability.ts';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { listDevicesInChild } from '../isolation/list-devices.ts';
import { driverEnvironment } from '../setup/index.ts';
import type { TargetEnvironment } from '../shader/target-environment.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { selectDevice } from '../vulkan/select-device.ts';

/**
 * The device that a run would use, or why none can be told.
 *
 * @throws GuestmarkError (usage) for a wish that fits no device.
 */
export async function targetDevice(
  binding: 'auto' | 'nvk' | 'koffi',
  wish: string | null,
): Promise<Available<DeviceInfo>> {
  try {
    const devices = await listDevicesInChild(binding, driverEnvironment());
    return available(
      selectDevice(
        devices.map(({ device }) => device),
        wish ?? undefined,
      ),
    );
  } catch (error) {
    if (error instanceof GuestmarkError && error.code === 'usage') throw error;
    return unavailable(describeError(error));
  }
}

/** Without a device the least that has subgroup operations. */
const DEFAULT: TargetEnvironment = 'vulkan1.1';

/**
 * What to compile for on a device. No more than 1.2: modules for 1.3 may state their local size in a way that needs a
 * feature of its own (maintenance4), and kernels gain nothing by it.
 */
export function targetEnvironmentFor(device: Available<DeviceInfo>): TargetEnvironment {
  if (!device.available) return DEFAULT;
  const [major = 1, minor = 0] = device.value.apiVersion.split('.').map(Number);
  return major > 1 || minor >= 2 ? 'vulkan1.2' : minor === 1 ? 'vulkan1.1' : 'vulkan1.0';
}
