// The real ComputeDevice: one logical device with its pipeline cache and calibrated clock, owning all
// that is created from it. Reads like a table of contents of this folder.
import { available, mapAvailable } from '../base/availability.ts';
import { Scope } from '../base/scope.ts';
import { openCalibrator } from './calibration.ts';
import type { ComputeDevice } from './compute-device.ts';
import { createDeviceBuffer } from './device-buffer.ts';
import type { Instance } from './instance.ts';
import { createKernel } from './kernel.ts';
import { createLogicalDevice } from './logical-device.ts';
import type { PhysicalDevice } from './physical-device.ts';
import { createPipelineCache } from './pipeline-cache.ts';
import { pickQueueFamily } from './queue-family.ts';
import { recordSubmission } from './submission.ts';
import { check } from './vulkan-error.ts';

/**
 * Opens a physical device for compute.
 *
 * @param queueFamily Overrides the rule of `pickQueueFamily`.
 */
export function openVulkanDevice(
  instance: Instance,
  physical: PhysicalDevice,
  queueFamily?: number,
): ComputeDevice {
  const family = pickQueueFamily(physical.info.queueFamilies, queueFamily);
  const scope = new Scope();
  const device = scope.use(createLogicalDevice(instance, physical, family));
  const cache = scope.use(createPipelineCache(device));
  const calibrator = openCalibrator(device);
  const children = new Set<Disposable>();
  const own = <T extends Disposable>(child: T): T => {
    children.add(child);
    return disposeOnce(child, () => children.delete(child));
  };
  return {
    info: physical.info,
    queueFamilyIndex: family.index,
    get usable() {
      return !device.abandoned;
    },
    timestampValidBits: family.timestampValidBits,
    timestampPeriodNs: physical.info.limits.timestampPeriodNs,
    calibratedClock: mapAvailable(calibrator, ({ clock }) => clock),
    createBuffer: (request) => own(createDeviceBuffer(device, request)),
    createKernel: (spirv, constants) => own(createKernel(device, cache.handle, spirv, constants)),
    record: (request) => own(recordSubmission(device, request)),
    calibrate: () => (calibrator.available ? available(calibrator.value.read()) : calibrator),
    waitIdle: () => {
      check('vkDeviceWaitIdle', device.commands.vkDeviceWaitIdle(device.handle));
    },
    [Symbol.dispose]: () => {
      if (!device.abandoned) device.commands.vkDeviceWaitIdle(device.handle);
      for (const child of [...children].reverse()) child[Symbol.dispose]();
      scope[Symbol.dispose]();
    },
  };
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
