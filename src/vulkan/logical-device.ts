// A VkDevice with one queue: creation, the optional extensions the suite profits from, and the state
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
const PORTABILITY_SUBSET = 'VK_KHR_portability_subset';
/** Not among the features that are always enabled: it slows kernels on some devices. */
const ROBUST = 'robustBufferAccess';

/** How a device is created. */
export interface LogicalDeviceOptions {
  /** Lets accesses outside of a buffer's descriptor do no harm; default false. */
  readonly robustBufferAccess?: boolean;
}

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
 * Creates the device with one queue of `family`, and with every feature that kernels profit from.
 *
 * @throws GuestmarkError (unsupported) where the device lacks robustBufferAccess and it is asked for,
 *   VulkanError where the driver refuses; the process survives under every binding.
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
    ...(info.extensions.includes(PORTABILITY_SUBSET) ? [PORTABILITY_SUBSET] : []),
  ];
  const out = outHandle();
  const core = options.robustBufferAccess === true ? [...enabled.core, requireRobust(info)] : enabled.core;
  const createInfo = deviceInfo(family, extensions, { ...enabled, core });
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

function deviceInfo(
  family: QueueFamilyInfo,
  extensions: readonly string[],
  { core, chain }: EnabledFeatures,
): Struct<'VkDeviceCreateInfo'> {
  return struct('VkDeviceCreateInfo', {
    pNext: chain,
    queueCreateInfoCount: 1,
    pQueueCreateInfos: struct('VkDeviceQueueCreateInfo', {
      queueFamilyIndex: family.index,
      queueCount: 1,
      pQueuePriorities: [1],
    }),
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
