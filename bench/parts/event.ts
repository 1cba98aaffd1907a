// VkEvents of host benchmarks, freed with their case, and a look at them that ends.
import { GuestmarkError, type HostContext } from 'guestmark';
import { checkAlive, type LogicalDevice, outHandle, struct, vk } from 'guestmark/vulkan';

/** A look at the clock costs as much as a poll. */
const POLLS_PER_LOOK = 256;

/** An unset event. */
export function createEvent(device: LogicalDevice, scope: HostContext['scope']): bigint {
  const { commands, handle } = device;
  const out = outHandle();
  const code = commands.vkCreateEvent(handle, struct('VkEventCreateInfo').memory, null, out.memory);
  // Vulkan on top of another interface may lack events: VkPhysicalDevicePortabilitySubsetFeaturesKHR::events.
  if (code === vk.VK_ERROR_FEATURE_NOT_PRESENT)
    throw new GuestmarkError('unsupported', 'Cannot create an event: the device has none');
  checkAlive(device, 'vkCreateEvent', code);
  const event = out.value;
  scope.defer(() => {
    if (!device.abandoned) commands.vkDestroyEvent(handle, event, null);
  });
  return event;
}

/** Whether the event is set. */
export function isSet(device: LogicalDevice, event: bigint): boolean {
  const code = device.commands.vkGetEventStatus(device.handle, event);
  return checkAlive(device, 'vkGetEventStatus', code) === vk.VK_EVENT_SET;
}

/**
 * Polls until the event is set.
 *
 * @throws GuestmarkError (timeout) where it is not set within `limitNs`; the device is abandoned then.
 */
export function pollUntilSet(
  device: LogicalDevice,
  event: bigint,
  { nowNs }: HostContext['stamp'],
  limitNs: number,
): void {
  const deadlineNs = nowNs() + limitNs;
  for (;;) {
    for (let polls = 0; polls < POLLS_PER_LOOK; polls++) if (isSet(device, event)) return;
    if (nowNs() <= deadlineNs) continue;
    device.abandon();
    throw new GuestmarkError('timeout', 'Cannot go on: the device has not set its event', {
      hint: 'the device may be busy with work of other programs',
    });
  }
}
