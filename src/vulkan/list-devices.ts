// The devices of this machine by their descriptions: an instance, a look, and no device is opened. Apart from open-device.ts,
// so that who only lists them does not load what computes.
import type { BindingName } from './binding.ts';
import type { DeviceInfo } from './device-info.ts';
import { createInstance } from './instance.ts';
import { openBinding } from './open-binding.ts';
import { listPhysicalDevices } from './physical-device.ts';

/**
 * Lists the Vulkan devices of this machine.
 *
 * @throws GuestmarkError (environment) where there is no loader or no driver.
 */
export function listDevices(binding: BindingName = 'auto'): readonly DeviceInfo[] {
  using instance = createInstance(openBinding(binding));
  return listPhysicalDevices(instance).map(({ info }) => info);
}
