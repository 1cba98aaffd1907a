// The front door of the host layer: from "a device called nvidia" to something that computes.
import { Scope } from '../base/scope.ts';
import type { BindingName, VulkanBinding } from './binding.ts';
import type { ComputeDevice } from './compute-device.ts';
import type { DebugMessage } from './debug-callback.ts';
import { createInstance } from './instance.ts';
import { openBinding } from './open-binding.ts';
import { listPhysicalDevices, type PhysicalDevice } from './physical-device.ts';
import { selectDevice } from './select-device.ts';
import { openVulkanDevice, type VulkanDeviceOptions } from './vulkan-device.ts';

/** How to open a device. */
export interface OpenDeviceOptions {
  /** Index, part of the name, UUID or PCI address; default the best device. */
  readonly match?: string;
  readonly binding?: BindingName;
  /** Switches the Khronos validation layer on. */
  readonly validate?: boolean;
  readonly onMessage?: (message: DebugMessage) => void;
  readonly queueFamily?: number;
  /** Lets accesses outside of a buffer do no harm, at a cost on some devices; default false. */
  readonly robustBufferAccess?: boolean;
}

/**
 * An opened device and the binding it is reached through. Disposing closes device and instance, or leaves both alive
 * once the device is not usable. Throws what `onMessage` threw first, if it did.
 */
export interface OpenedDevice extends Disposable {
  readonly device: ComputeDevice;
  readonly binding: VulkanBinding;
  readonly opening: OpeningTimes;
}

/** Wall times in ns of the calls that open a device. The first of their kind in a process load and start the driver. */
export interface OpeningTimes {
  /** vkCreateInstance, loader and layers included. */
  readonly instanceNs: number;
  /** vkEnumeratePhysicalDevices, and what is asked of each device. */
  readonly enumerateNs: number;
  /** vkCreateDevice, its queue and its pools. */
  readonly deviceNs: number;
}

/**
 * Opens a device.
 *
 * @throws GuestmarkError (environment) without loader, driver or device, (usage) for a device that is
 * not there, (unsupported) where it lacks robustBufferAccess, VulkanError where the driver refuses.
 */
export function openDevice(options: OpenDeviceOptions = {}): OpenedDevice {
  return Scope.open((scope) => {
    const binding = openBinding(options.binding ?? 'auto');
    const startMs = performance.now();
    const instance = scope.use(createInstance(binding, pickInstanceOptions(options)));
    const createdMs = performance.now();
    const physicals = listPhysicalDevices(instance);
    const listedMs = performance.now();
    const info = selectDevice(
      physicals.map((physical) => physical.info),
      options.match,
    );
    const physical = physicals[info.index] as PhysicalDevice;
    const chosenMs = performance.now();
    const device = scope.use(openVulkanDevice(instance, physical, pickDeviceOptions(options)));
    const opening = {
      instanceNs: (createdMs - startMs) * 1e6,
      enumerateNs: (listedMs - createdMs) * 1e6,
      deviceNs: (performance.now() - chosenMs) * 1e6,
    };
    return { device, binding, opening, [Symbol.dispose]: () => scope[Symbol.dispose]() };
  });
}

function pickDeviceOptions({ queueFamily, robustBufferAccess }: OpenDeviceOptions): VulkanDeviceOptions {
  return {
    robustBufferAccess: robustBufferAccess === true,
    ...(queueFamily === undefined ? {} : { queueFamily }),
  };
}

function pickInstanceOptions({
  validate,
  onMessage,
}: OpenDeviceOptions): Parameters<typeof createInstance>[1] {
  return { validate: validate === true, ...(onMessage === undefined ? {} : { onMessage }) };
}
