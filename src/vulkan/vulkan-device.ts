// The real ComputeDevice: one logical device with its pipeline cache and calibrated clock, owning all
// that is created from it. Reads like a table of contents of this folder.
import { available, mapAvailable } from '../base/availability.ts';
import { Scope } from '../base/scope.ts';
import { openCalibrator } from './calibration.ts';
import { waitFailed } from './check-alive.ts';
import type { ComputeDevice } from './compute-device.ts';
import { createDeviceBuffer } from './device-buffer.ts';
import { createDeviceImage } from './device-image.ts';
import type { Instance } from './instance.ts';
import { createKernel } from './kernel.ts';
import { createLogicalDevice, type LogicalDevice, type LogicalDeviceOptions } from './logical-device.ts';
import type { PhysicalDevice } from './physical-device.ts';
import { createPipelineCache } from './pipeline-cache.ts';
import { pickQueueFamily } from './queue-family.ts';
import { recordSubmission } from './submission.ts';

/** How to open a physical device. */
export interface VulkanDeviceOptions extends LogicalDeviceOptions {
  /** Overrides the rule of `pickQueueFamily`. */
  readonly queueFamily?: number;
}

/**
 * Opens a physical device for compute. Disposing it waits for the device, then frees everything that was
 * created from it and not disposed yet; where that wait fails, the device is abandoned.
 */
export function openVulkanDevice(
  instance: Instance,
  physical: PhysicalDevice,
  options: VulkanDeviceOptions = {},
): ComputeDevice {
  const family = pickQueueFamily(physical.info.queueFamilies, options.queueFamily);
  return Scope.open((scope) => openOn(createLogicalDevice(instance, physical, family, options), scope));
}

function openOn(device: LogicalDevice, scope: Scope): ComputeDevice {
  const { info, family } = device;
  scope.use(device);
  const cache = scope.use(createPipelineCache(device));
  const calibrator = openCalibrator(device);
  const children = new Set<Disposable>();
  scope.defer(() => disposeAll(children));
  scope.defer(() => {
    if (!device.abandoned) waitIdle(device);
  });
  const own = <T extends Disposable>(child: T): T => {
    children.add(child);
    return disposeOnce(child, () => children.delete(child));
  };
  return {
    info,
    queueFamilyIndex: family.index,
    get usable() {
      return !device.abandoned;
    },
    timestampValidBits: family.timestampValidBits,
    timestampPeriodNs: info.limits.timestampPeriodNs,
    calibratedClock: mapAvailable(calibrator, ({ clock }) => clock),
    vulkan: available(device),
    createBuffer: (request) => own(createDeviceBuffer(device, request)),
    createImage: (request) => own(createDeviceImage(device, request)),
    createKernel: (spirv, constants, entryPoint) =>
      own(createKernel(device, cache.handle, spirv, constants, entryPoint)),
    record: (request) => own(recordSubmission(device, request)),
    calibrate: () => (calibrator.available ? available(calibrator.value.read()) : calibrator),
    waitIdle: () => waitIdle(device),
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
}

function waitIdle(device: LogicalDevice): void {
  const code = device.commands.vkDeviceWaitIdle(device.handle);
  if (code < 0) throw waitFailed(device, 'vkDeviceWaitIdle', code);
}

/** Disposes all, last made first, also where one fails; throws the first error. */
function disposeAll(children: Iterable<Disposable>): void {
  using scope = new Scope();
  for (const child of children) scope.use(child);
}

/** Makes disposal idempotent and tells the owner, so that neither destroys a handle twice. */
function disposeOnce<T extends Disposable>(child: T, forget: () => void): T {
  const dispose = child[Symbol.dispose].bind(child);
  let disposed = false;
  child[Symbol.dispose] = () => {
    if (disposed) return;
    disposed = true;
    forget();
    dispose();
  };
  return child;
}
