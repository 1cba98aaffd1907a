// When a result code means that the device must be given up: whatever call reports it first, nothing may
// be destroyed or waited for afterwards. Allocates nothing where all is well: timed calls pass through here.
import type { LogicalDevice } from './logical-device.ts';
import { VK_ERROR_DEVICE_LOST } from './registry/constants.ts';
import { VulkanError } from './vulkan-error.ts';

type Abandonable = Pick<LogicalDevice, 'abandon'>;

/**
 * Lets success codes (≥ 0) of a command of `device` pass. For every command of a device, not only for those
 * whose specification lists VK_ERROR_DEVICE_LOST: drivers return it from others too.
 *
 * @returns The code.
 * @throws VulkanError for a negative code; for VK_ERROR_DEVICE_LOST the device is abandoned.
 */
export function checkAlive(device: Abandonable, call: string, code: number): number {
  if (code >= 0) return code;
  if (code === VK_ERROR_DEVICE_LOST) device.abandon();
  throw new VulkanError(call, code);
}

/**
 * Abandons a device after a wait that failed, whatever the reason: it may still be at work on objects that
 * would be destroyed next.
 */
export function waitFailed(device: Abandonable, call: string, code: number): VulkanError {
  device.abandon();
  return new VulkanError(call, code);
}
