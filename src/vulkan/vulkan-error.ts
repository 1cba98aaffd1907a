// VK_ERROR_* codes as typed errors that name the call and say what may help. Knows no command.
import { GuestmarkError } from '../base/errors.ts';
import { VK_RESULT_NAMES } from './registry/constants.ts';

const HINTS: Readonly<Record<string, string>> = {
  VK_ERROR_OUT_OF_HOST_MEMORY: 'free memory of the machine or lower the size axis of the benchmark',
  VK_ERROR_OUT_OF_DEVICE_MEMORY:
    'lower the size axis of the benchmark or stop other programs that use the device',
  VK_ERROR_INITIALIZATION_FAILED:
    'the driver could not start: look at the kernel log (dmesg) and the driver version',
  VK_ERROR_DEVICE_LOST:
    'the driver reset or lost the device: look at the kernel log (dmesg); shorter dispatches may help',
  VK_ERROR_LAYER_NOT_PRESENT: 'install the layer (Debian: apt-get install vulkan-validationlayers)',
  VK_ERROR_EXTENSION_NOT_PRESENT:
    'the driver lacks an extension that was asked for: a newer driver may have it',
  VK_ERROR_FEATURE_NOT_PRESENT: 'the device lacks a feature that was asked for',
  VK_ERROR_INCOMPATIBLE_DRIVER:
    'no usable Vulkan driver is installed: `guestmark setup` brings a software driver',
  VK_ERROR_TOO_MANY_OBJECTS: 'fewer buffers at once are needed on this device',
  VK_ERROR_MEMORY_MAP_FAILED: 'address space or memory is short: lower the size axis of the benchmark',
};

/** A Vulkan command returned an error code. */
export class VulkanError extends GuestmarkError {
  override readonly name = 'VulkanError';
  /** The command, such as `vkCreateBuffer`. */
  readonly call: string;
  /** The VkResult by name, such as `VK_ERROR_DEVICE_LOST`. */
  readonly result: string;

  constructor(call: string, code: number) {
    const result = VK_RESULT_NAMES.get(code) ?? `VkResult ${code}`;
    const hint = HINTS[result];
    super(
      'vulkan',
      `Cannot complete ${call}: the driver returned ${result}`,
      hint === undefined ? {} : { hint },
    );
    this.call = call;
    this.result = result;
  }
}

/**
 * Lets success codes (≥ 0: VK_SUCCESS, VK_NOT_READY, VK_TIMEOUT, VK_INCOMPLETE) pass.
 *
 * @returns The code.
 * @throws VulkanError for a negative code.
 */
export function check(call: string, code: number): number {
  if (code < 0) throw new VulkanError(call, code);
  return code;
}
