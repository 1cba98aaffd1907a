// A small Vulkan program written against the binding contract alone, for tests of the bindings: the
// product's own host layer must not be what tests the layer below it.
import { describeError } from '../../src/base/errors.ts';
import { Scope } from '../../src/base/scope.ts';
import type { BindingName, VulkanBinding } from '../../src/vulkan/binding.ts';
import { type DebugMessage, debugCallback } from '../../src/vulkan/debug-callback.ts';
import { openBinding } from '../../src/vulkan/open-binding.ts';
import type { DeviceCommands, InstanceCommands } from '../../src/vulkan/registry/commands.ts';
import * as vk from '../../src/vulkan/registry/constants.ts';
import { outHandle, readStruct, struct } from '../../src/vulkan/struct.ts';

/** Reports a command that did not succeed. */
export function succeed(result: number): void {
  if (result !== vk.VK_SUCCESS) throw new Error(vk.VK_RESULT_NAMES.get(result) ?? String(result));
}

/** Why tests on a real device cannot run on this machine, or undefined. */
export function obstacle(): string | undefined {
  try {
    rawInstance('koffi', true).scope[Symbol.dispose]();
    return undefined;
  } catch (error) {
    return `no instance with a device and VK_LAYER_KHRONOS_validation: ${describeError(error)}`;
  }
}

/** An instance with its first physical device, and with the validation layer's messages if wanted. */
export interface RawInstance {
  readonly binding: VulkanBinding;
  readonly instance: bigint;
  readonly physicalDevice: bigint;
  readonly commands: InstanceCommands;
  readonly messages: DebugMessage[];
  readonly scope: Scope;
}

/** Creates the instance; `scope` of the result destroys it. */
export function rawInstance(name: BindingName, validate = false): RawInstance {
  const binding = openBinding(name);
  const scope = new Scope();
  const messages: DebugMessage[] = [];
  const callback = scope.use(debugCallback((message) => messages.push(message)));
  const messenger = struct('VkDebugUtilsMessengerCreateInfoEXT', {
    messageSeverity:
      vk.VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT | vk.VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT,
    messageType: vk.VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT,
    pfnUserCallback: callback.address,
  });
  const extensions = validate ? [vk.VK_EXT_DEBUG_UTILS_EXTENSION_NAME] : [];
  const out = outHandle();
  const info = struct('VkInstanceCreateInfo', {
    pApplicationInfo: struct('VkApplicationInfo', { apiVersion: vk.VK_API_VERSION_1_3 }),
    enabledLayerCount: validate ? 1 : 0,
    ppEnabledLayerNames: validate ? ['VK_LAYER_KHRONOS_validation'] : null,
    enabledExtensionCount: extensions.length,
    ppEnabledExtensionNames: extensions,
  });
  succeed(binding.global.vkCreateInstance(info.memory, null, out.memory));
  const instance = out.value;
  const commands = binding.loadInstance(instance, extensions);
  scope.defer(() => commands.vkDestroyInstance(instance, null));
  if (validate) {
    succeed(commands.vkCreateDebugUtilsMessengerEXT(instance, messenger.memory, null, out.memory));
    const handle = out.value;
    scope.defer(() => commands.vkDestroyDebugUtilsMessengerEXT(instance, handle, null));
  }
  return { binding, instance, physicalDevice: firstDevice(commands, instance), commands, messages, scope };
}

function firstDevice(commands: InstanceCommands, instance: bigint): bigint {
  const count = new Uint32Array(1);
  succeed(commands.vkEnumeratePhysicalDevices(instance, count.buffer, null));
  const devices = new BigUint64Array(count[0] as number);
  succeed(commands.vkEnumeratePhysicalDevices(instance, count.buffer, devices.buffer));
  return devices[0] as bigint;
}

/** A device with one queue of family 0, which lavapipe has for everything. */
export interface RawDevice extends RawInstance {
  readonly device: bigint;
  readonly queue: bigint;
  readonly on: DeviceCommands;
}

/** What vkCreateDevice takes: one queue, the extensions, and hostQueryReset if wanted. */
export function deviceInfo(extensions: readonly string[], hostQueryReset = false): ArrayBuffer {
  return struct('VkDeviceCreateInfo', {
    pNext: hostQueryReset ? struct('VkPhysicalDeviceHostQueryResetFeatures', { hostQueryReset }) : null,
    queueCreateInfoCount: 1,
    pQueueCreateInfos: struct('VkDeviceQueueCreateInfo', { queueCount: 1, pQueuePriorities: [1] }),
    enabledExtensionCount: extensions.length,
    ppEnabledExtensionNames: extensions,
  }).memory;
}

/** Creates a device on the instance; the instance's scope destroys it. */
export function rawDevice(on: RawInstance, extensions: readonly string[], hostQueryReset = false): RawDevice {
  const { commands, physicalDevice, binding, scope } = on;
  const out = outHandle();
  succeed(commands.vkCreateDevice(physicalDevice, deviceInfo(extensions, hostQueryReset), null, out.memory));
  const device = out.value;
  const deviceCommands = binding.loadDevice(device, extensions);
  scope.defer(() => deviceCommands.vkDestroyDevice(device, null));
  deviceCommands.vkGetDeviceQueue(device, 0, 0, out.memory);
  return { ...on, device, queue: out.value, on: deviceCommands };
}

/** A buffer in mapped memory. */
export interface RawBuffer {
  readonly buffer: bigint;
  readonly memory: bigint;
  /** The mapped memory as it is. */
  readonly bytes: ArrayBuffer;
}

/** Creates, binds and maps a storage buffer of zeros. */
export function rawBuffer(
  { on, device, binding, commands, physicalDevice, scope }: RawDevice,
  bytes: number,
): RawBuffer {
  const out = outHandle();
  const usage =
    vk.VK_BUFFER_USAGE_STORAGE_BUFFER_BIT |
    vk.VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT |
    vk.VK_BUFFER_USAGE_TRANSFER_SRC_BIT |
    vk.VK_BUFFER_USAGE_TRANSFER_DST_BIT;
  succeed(
    on.vkCreateBuffer(device, struct('VkBufferCreateInfo', { size: bytes, usage }).memory, null, out.memory),
  );
  const buffer = out.value;
  scope.defer(() => on.vkDestroyBuffer(device, buffer, null));
  const requirements = struct('VkMemoryRequirements');
  on.vkGetBufferMemoryRequirements(device, buffer, requirements.memory);
  const { size, memoryTypeBits } = readStruct(requirements);
  const memoryTypeIndex = mappableType(commands, physicalDevice, memoryTypeBits);
  const info = struct('VkMemoryAllocateInfo', { allocationSize: size, memoryTypeIndex });
  succeed(on.vkAllocateMemory(device, info.memory, null, out.memory));
  const memory = out.value;
  scope.defer(() => on.vkFreeMemory(device, memory, null));
  succeed(on.vkBindBufferMemory(device, buffer, memory, 0));
  succeed(on.vkMapMemory(device, memory, 0, bytes, 0, out.memory));
  scope.defer(() => on.vkUnmapMemory(device, memory));
  const view = binding.viewMemory(out.value, bytes);
  new Uint8Array(view).fill(0);
  return { buffer, memory, bytes: view };
}

function mappableType(commands: InstanceCommands, physicalDevice: bigint, bits: number): number {
  const properties = struct('VkPhysicalDeviceMemoryProperties');
  commands.vkGetPhysicalDeviceMemoryProperties(physicalDevice, properties.memory);
  const { memoryTypes, memoryTypeCount } = readStruct(properties);
  const wanted = vk.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | vk.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  return memoryTypes
    .slice(0, memoryTypeCount)
    .findIndex(
      ({ propertyFlags }, index) => ((bits >>> index) & 1) === 1 && (propertyFlags & wanted) === wanted,
    );
}

/** A pool of two timestamps. */
export function rawQueryPool({ on, device, scope }: RawDevice): bigint {
  const out = outHandle();
  const info = struct('VkQueryPoolCreateInfo', { queryType: vk.VK_QUERY_TYPE_TIMESTAMP, queryCount: 2 });
  succeed(on.vkCreateQueryPool(device, info.memory, null, out.memory));
  const pool = out.value;
  scope.defer(() => on.vkDestroyQueryPool(device, pool, null));
  return pool;
}

/** An unsignaled fence. */
export function rawFence({ on, device, scope }: RawDevice): bigint {
  const out = outHandle();
  succeed(on.vkCreateFence(device, struct('VkFenceCreateInfo').memory, null, out.memory));
  const handle = out.value;
  scope.defer(() => on.vkDestroyFence(device, handle, null));
  return handle;
}
