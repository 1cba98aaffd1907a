/// <reference lib="esnext.disposable" preserve="true" />
// The public subpath `guestmark/vulkan`: the host layer by itself. Importing it loads nothing native;
// opening a binding or a device does.
export { barrierBetweenSteps } from './barrier.ts';
export type { BindingName, BindingRoute, VulkanBinding } from './binding.ts';
export { checkAlive, waitFailed } from './check-alive.ts';
export type {
  BufferRequest,
  BufferUsage,
  ComputeDevice,
  DeviceBuffer,
  DeviceCalibration,
  DeviceImage,
  DeviceStep,
  DeviceTicks,
  DispatchStep,
  Groups,
  ImageRequest,
  Kernel,
  MemoryUse,
  NamedValues,
  Submission,
  SubmissionRequest,
  WaitMode,
} from './compute-device.ts';
export { type DebugMessage, isFault } from './debug-callback.ts';
export { createDeviceBuffer, type VulkanBuffer } from './device-buffer.ts';
export type {
  DeviceInfo,
  DeviceLimits,
  DeviceType,
  MemoryHeapInfo,
  MemoryTypeInfo,
  QueueFamilyInfo,
  SubgroupOperation,
} from './device-info.ts';
export { type BoundBuffer, createBoundBuffer, type MappedMemory, mapMemory } from './device-memory.ts';
export { createDispatchCommands, type DispatchCommands } from './dispatch-commands.ts';
export { createFence, type Fence } from './fence.ts';
export { listDevices } from './list-devices.ts';
export { createLogicalDevice, type LogicalDevice, type LogicalDeviceOptions } from './logical-device.ts';
export type { MemoryPlace } from './memory-allocation.ts';
export { type MemoryCandidates, type MemoryChoice, rankMemoryTypes } from './memory-type.ts';
export {
  type OpenDeviceOptions,
  type OpenedDevice,
  type OpeningTimes,
  openDevice,
} from './open-device.ts';
export { pickQueueFamily } from './queue-family.ts';
export * as vk from './registry/constants.ts';
export { openSimulatedDevice, type SimulatedDispatch, type SimulationOptions } from './simulated-device.ts';
export {
  handleArray,
  type InputOf,
  type OutHandle,
  outHandle,
  readStruct,
  type Struct,
  type StructArray,
  struct,
  structArray,
  structArrayOf,
  type ValueOf,
} from './struct.ts';
export { submitOnce } from './submit-once.ts';
export { check, VulkanError } from './vulkan-error.ts';
