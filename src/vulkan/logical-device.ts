// A VkDevice with its queues: creation, the optional extensions the suite profits from, and the state
// that everything created from the device shares. Knows no buffers and no kernels.

import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { type EnabledFeatures, enabledFeatures, usableVersion } from './device-features.ts';
import type { DeviceInfo, QueueFamilyInfo } from './device-info.ts';
import type { Instance } from './instance.ts';
import type { PhysicalDevice } from './physical-device.ts';
import type { DeviceCommands } from './registry/commands.ts';
import { VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT } from './registry/constants.ts';
import { outHandle, type Struct, struct } from './struct.ts';
import { check } from './vulkan-error.ts';

/** The KHR form has other command names, which the tables of header 239 do not hold; drivers offer both. */
const CALIBRATED = 'VK_EXT_calibrated_timestamps';
const HOST_QUERY_RESET = 'VK_EXT_host_query_reset';
const GLOBAL_PRIORITY = 'VK_KHR_global_priority';
const PORTABILITY_SUBSET = 'VK_KHR_portability_subset';
/** Not among the features that are always enabled: it slows kernels on some devices. */
const ROBUST = 'robustBufferAccess';

/** How a device is created. */
export interface LogicalDeviceOptions {
  /** Lets accesses outside of a buffer's descriptor do no harm; default false. */
  readonly robustBufferAccess?: boolean;
  /** One queue of the family for each, of the priority 0 to 1; default one queue of priority 1. */
  readonly queuePriorities?: readonly number[];
  /** VkQueueGlobalPriorityKHR of all its queues; needs VK_KHR_global_priority. Default as the driver has it. */
  readonly globalPriority?: number;
}

/** What everything made from one VkDevice shares. Disposing destroys the device. */
export interface LogicalDevice extends Disposable {
  readonly instance: Instance;
  readonly physical: bigint;
  readonly info: DeviceInfo;
  readonly handle: bigint;
  readonly commands: DeviceCommands;
  /** The first of {@link LogicalDevice.queues}. */
  readonly queue: bigint;
  readonly queues: readonly bigint[];
  readonly family: QueueFamilyInfo;
  readonly commandPool: bigint;
  /** How it was opened, and what vkCreateDevice took: another like it can be made. */
  readonly options: LogicalDeviceOptions;
  readonly createInfo: Struct<'VkDeviceCreateInfo'>;
  /** Those that are enabled. */
  readonly extensions: readonly string[];
  /** Bytes allocated so far, by the index of the memory heap. */
  readonly allocatedBytes: Map<number, number>;
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
 * Creates the device with queues of `family`, and with every feature that kernels profit from.
 *
 * @throws GuestmarkError (unsupported) where the device lacks robustBufferAccess, a global priority or so many queues
 *   and they are asked for, VulkanError where the driver refuses; the process survives under every binding.
 */
export function createLogicalDevice(
  instance: Instance,
  physical: PhysicalDevice,
  family: QueueFamilyInfo,
  options: LogicalDeviceOptions = {},
): LogicalDevice {
  return Scope.open((scope) => openLogicalDevice(instance, physical, family, options, scope));
}

function openLogicalDevice(
  instance: Instance,
  physical: PhysicalDevice,
  family: QueueFamilyInfo,
  options: LogicalDeviceOptions,
  scope: Scope,
): LogicalDevice {
  const { info } = physical;
  const isCalibrated = info.extensions.includes(CALIBRATED);
  const enabled = enabledFeatures(info, usableVersion(instance, info));
  const extensions = [
    ...enabled.extensions,
    ...(isCalibrated ? [CALIBRATED] : []),
    ...(options.globalPriority === undefined ? [] : [requireGlobalPriority(info)]),
    ...(info.extensions.includes(PORTABILITY_SUBSET) ? [PORTABILITY_SUBSET] : []),
  ];
  const out = outHandle();
  const core = options.robustBufferAccess === true ? [...enabled.core, requireRobust(info)] : enabled.core;
  const createInfo = deviceInfo(queueInfo(info, family, options), extensions, { ...enabled, core });
  check(
    'vkCreateDevice',
    instance.commands.vkCreateDevice(physical.handle, createInfo.memory, null, out.memory),
  );
  const handle = out.value;
  const commands = instance.binding.loadDevice(handle, extensions);
  let abandoned = false;
  scope.defer(() => commands.vkDestroyDevice(handle, null));
  const queues = (options.queuePriorities ?? [1]).map((_, index) => {
    commands.vkGetDeviceQueue(handle, family.index, index, out.memory);
    return out.value;
  });
  const commandPool = createCommandPool(commands, handle, family.index, scope);
  return {
    instance,
    physical: physical.handle,
    info,
    handle,
    commands,
    queue: queues[0] as bigint,
    queues,
    family,
    commandPool,
    options,
    createInfo,
    extensions,
    allocatedBytes: new Map(),
    isCalibrated,
    resetQueries: hostResetCommand(commands, handle, enabled),
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

function requireRobust({ name, features }: DeviceInfo): string {
  if (features.includes(ROBUST)) return ROBUST;
  throw new GuestmarkError('unsupported', `Cannot open "${name}": it lacks the feature ${ROBUST}`, {
    hint: `open it without ${ROBUST}`,
  });
}

function hostResetCommand(
  commands: DeviceCommands,
  device: bigint,
  { chained, extensions }: EnabledFeatures,
): LogicalDevice['resetQueries'] {
  if (!chained.includes('hostQueryReset')) return null;
  const isExtension = extensions.includes(HOST_QUERY_RESET);
  const reset = isExtension ? commands.vkResetQueryPoolEXT : commands.vkResetQueryPool;
  return (pool, first, count) => reset(device, pool, first, count);
}

function requireGlobalPriority({ name, extensions }: DeviceInfo): string {
  if (extensions.includes(GLOBAL_PRIORITY)) return GLOBAL_PRIORITY;
  throw new GuestmarkError('unsupported', `Cannot open "${name}": it lacks the extension ${GLOBAL_PRIORITY}`);
}

function queueInfo(
  { name }: DeviceInfo,
  { index, queueCount }: QueueFamilyInfo,
  { queuePriorities = [1], globalPriority }: LogicalDeviceOptions,
): Struct<'VkDeviceQueueCreateInfo'> {
  if (queuePriorities.length > queueCount)
    throw new GuestmarkError(
      'unsupported',
      `Cannot open "${name}" with ${queuePriorities.length} queues: the queue family has ${queueCount === 1 ? 'one queue' : `${queueCount} queues`}`,
    );
  return struct('VkDeviceQueueCreateInfo', {
    pNext:
      globalPriority === undefined
        ? null
        : struct('VkDeviceQueueGlobalPriorityCreateInfoKHR', { globalPriority }),
    queueFamilyIndex: index,
    queueCount: queuePriorities.length,
    pQueuePriorities: queuePriorities,
  });
}

function deviceInfo(
  queues: Struct<'VkDeviceQueueCreateInfo'>,
  extensions: readonly string[],
  { core, chain }: EnabledFeatures,
): Struct<'VkDeviceCreateInfo'> {
  return struct('VkDeviceCreateInfo', {
    pNext: chain,
    queueCreateInfoCount: 1,
    pQueueCreateInfos: queues,
    enabledExtensionCount: extensions.length,
    ppEnabledExtensionNames: extensions,
    pEnabledFeatures: struct(
      'VkPhysicalDeviceFeatures',
      Object.fromEntries(core.map((name) => [name, true])),
    ),
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
