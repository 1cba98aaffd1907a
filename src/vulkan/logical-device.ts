// A VkDevice with one queue: creation, the optional extensions the suite profits from, and the state
// that everything created from the device shares. Knows no buffers and no kernels.
import { Scope } from '../base/scope.ts';
import type { DeviceInfo, QueueFamilyInfo } from './device-info.ts';
import type { Instance } from './instance.ts';
import { FEATURE_OF_CAPABILITY } from './kernel-capabilities.ts';
import type { PhysicalDevice } from './physical-device.ts';
import type { DeviceCommands } from './registry/commands.ts';
import { VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT } from './registry/constants.ts';
import { outHandle, readStruct, type Struct, struct } from './struct.ts';
import { makeVersion } from './version.ts';
import { check } from './vulkan-error.ts';

/** The KHR form has other command names, which the tables of header 239 do not hold; drivers offer both. */
const CALIBRATED = 'VK_EXT_calibrated_timestamps';
const HOST_QUERY_RESET = 'VK_EXT_host_query_reset';
const PORTABILITY_SUBSET = 'VK_KHR_portability_subset';
/** Those of kernels, no others: robustBufferAccess slows kernels on some devices. */
const WANTED_FEATURES = Object.values(FEATURE_OF_CAPABILITY);

/** What everything made from one VkDevice shares. Disposing destroys the device. */
export interface LogicalDevice extends Disposable {
  readonly instance: Instance;
  readonly physical: bigint;
  readonly info: DeviceInfo;
  readonly handle: bigint;
  readonly commands: DeviceCommands;
  readonly queue: bigint;
  readonly family: QueueFamilyInfo;
  readonly commandPool: bigint;
  /** Whether VK_EXT_calibrated_timestamps is enabled. */
  readonly isCalibrated: boolean;
  /** Resets queries from the CPU, so that no reset command is in a timed submission; or null. */
  readonly resetQueries: ((pool: bigint, first: number, count: number) => void) | null;
  /** True once the device hangs or is lost: destroying anything would hang too, so nothing is. */
  readonly abandoned: boolean;
  /**
   * Marks the device as unusable. The process should end soon: its objects and the instance are leaked on
   * purpose.
   */
  abandon(): void;
}

/**
 * Creates the device with one queue of `family`.
 *
 * @throws VulkanError where the driver refuses; the process survives under every binding.
 */
export function createLogicalDevice(
  instance: Instance,
  physical: PhysicalDevice,
  family: QueueFamilyInfo,
): LogicalDevice {
  return Scope.open((scope) => openLogicalDevice(instance, physical, family, scope));
}

function openLogicalDevice(
  instance: Instance,
  physical: PhysicalDevice,
  family: QueueFamilyInfo,
  scope: Scope,
): LogicalDevice {
  const { info } = physical;
  const isCalibrated = info.extensions.includes(CALIBRATED);
  const hostReset = queryHostReset(instance, physical);
  const extensions = [
    ...(isCalibrated ? [CALIBRATED] : []),
    ...(hostReset === 'extension' ? [HOST_QUERY_RESET] : []),
    ...(info.extensions.includes(PORTABILITY_SUBSET) ? [PORTABILITY_SUBSET] : []),
  ];
  const out = outHandle();
  const createInfo = deviceInfo(info, family, extensions, hostReset !== 'none');
  check(
    'vkCreateDevice',
    instance.commands.vkCreateDevice(physical.handle, createInfo.memory, null, out.memory),
  );
  const handle = out.value;
  const commands = instance.binding.loadDevice(handle, extensions);
  let abandoned = false;
  scope.defer(() => commands.vkDestroyDevice(handle, null));
  commands.vkGetDeviceQueue(handle, family.index, 0, out.memory);
  const queue = out.value;
  const commandPool = createCommandPool(commands, handle, family.index, scope);
  return {
    instance,
    physical: physical.handle,
    info,
    handle,
    commands,
    queue,
    family,
    commandPool,
    isCalibrated,
    resetQueries: hostResetCommand(commands, handle, hostReset),
    get abandoned() {
      return abandoned;
    },
    abandon: () => {
      abandoned = true;
      instance.abandon();
    },
    [Symbol.dispose]: () => {
      if (!abandoned) scope[Symbol.dispose]();
    },
  };
}

type HostReset = 'core' | 'extension' | 'none';

/** Whether the device resets queries from the CPU, and by which route. */
function queryHostReset(instance: Instance, physical: PhysicalDevice): HostReset {
  const [major = 0, minor = 0] = physical.info.apiVersion.split('.').map(Number);
  const version = Math.min(instance.apiVersion, makeVersion(major, minor, 0));
  if (version < makeVersion(1, 1, 0)) return 'none';
  const core = version >= makeVersion(1, 2, 0);
  if (!core && !physical.info.extensions.includes(HOST_QUERY_RESET)) return 'none';
  const feature = struct('VkPhysicalDeviceHostQueryResetFeatures', {});
  const features = struct('VkPhysicalDeviceFeatures2', { pNext: feature });
  instance.commands.vkGetPhysicalDeviceFeatures2(physical.handle, features.memory);
  if (readStruct(feature).hostQueryReset !== true) return 'none';
  return core ? 'core' : 'extension';
}

function hostResetCommand(
  commands: DeviceCommands,
  device: bigint,
  route: HostReset,
): LogicalDevice['resetQueries'] {
  if (route === 'none') return null;
  const reset = route === 'core' ? commands.vkResetQueryPool : commands.vkResetQueryPoolEXT;
  return (pool, first, count) => reset(device, pool, first, count);
}

function deviceInfo(
  info: DeviceInfo,
  family: QueueFamilyInfo,
  extensions: readonly string[],
  hostReset: boolean,
): Struct<'VkDeviceCreateInfo'> {
  const features = Object.fromEntries(
    WANTED_FEATURES.filter((name) => info.features.includes(name)).map((name) => [name, true]),
  );
  return struct('VkDeviceCreateInfo', {
    pNext: hostReset ? struct('VkPhysicalDeviceHostQueryResetFeatures', { hostQueryReset: true }) : null,
    queueCreateInfoCount: 1,
    pQueueCreateInfos: struct('VkDeviceQueueCreateInfo', {
      queueFamilyIndex: family.index,
      queueCount: 1,
      pQueuePriorities: [1],
    }),
    enabledExtensionCount: extensions.length,
    ppEnabledExtensionNames: extensions,
    pEnabledFeatures: struct('VkPhysicalDeviceFeatures', features),
  });
}

function createCommandPool(
  commands: DeviceCommands,
  device: bigint,
  queueFamilyIndex: number,
  scope: Scope,
): bigint {
  const info = struct('VkCommandPoolCreateInfo', {
    flags: VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT,
    queueFamilyIndex,
  });
  const out = outHandle();
  check('vkCreateCommandPool', commands.vkCreateCommandPool(device, info.memory, null, out.memory));
  const pool = out.value;
  scope.defer(() => commands.vkDestroyCommandPool(device, pool, null));
  return pool;
}
