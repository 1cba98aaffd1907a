// Asks Vulkan for its devices in a process of its own, for whoever can do without an answer. A module of its own, so that what
// starts children and finds drivers is loaded only where devices are asked for.
import { type Available, available, unavailable } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import { listDevicesInChild } from '../isolation/list-devices.ts';
import type { ListedDevice } from '../isolation/protocol.ts';
import { driverEnvironment } from '../setup/index.ts';

/** The devices, or why there are none to tell of: without Vulkan the rest is still worth knowing. */
export async function listAttachedDevices(
  binding: 'auto' | 'nvk' | 'koffi',
): Promise<Available<readonly ListedDevice[]>> {
  try {
    return available(await listDevicesInChild(binding, driverEnvironment()));
  } catch (error) {
    return unavailable(describeError(error));
  }
}
