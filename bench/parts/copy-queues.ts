// Queues beside the one that this process has: a second VkDevice with as many as a benchmark needs, each in the shape of
// the first device, so that buffers, fences and submissions are made in the same way.
import type { HostContext } from 'guestmark';
import {
  check,
  type LogicalDevice,
  outHandle,
  type QueueFamilyInfo,
  struct,
  structArray,
  vk,
} from 'guestmark/vulkan';

/** Must be enabled where a device has it. */
const PORTABILITY_SUBSET = 'VK_KHR_portability_subset';

/** A queue of a device. */
export interface QueuePlace {
  readonly family: QueueFamilyInfo;
  readonly index: number;
}

/**
 * Queues that copy, best first: those for transfers alone, which are often copy engines of their own, before those that
 * compute, before those that draw too. Fewer than `count` where there are no more.
 */
export function copyQueues(families: readonly QueueFamilyInfo[], count: number): readonly QueuePlace[] {
  // A family that computes or draws can copy, whether it says so or not.
  const able = families.filter(({ transfer, compute, graphics }) => transfer || compute || graphics);
  const rank = ({ compute, graphics }: QueueFamilyInfo): number => (compute ? 1 : 0) + (graphics ? 2 : 0);
  return [...able]
    .sort((a, b) => rank(a) - rank(b) || a.index - b.index)
    .flatMap((family) =>
      Array.from({ length: Math.min(family.queueCount, count) }, (_, index) => ({ family, index })),
    )
    .slice(0, count);
}

/**
 * Opens a second device with these queues; its memory counts as that of the first.
 *
 * @returns A device for each of the places. They are one, and end with the scope.
 */
export function openQueues(
  base: LogicalDevice,
  places: readonly QueuePlace[],
  scope: HostContext['scope'],
): readonly LogicalDevice[] {
  const { instance, physical, info } = base;
  const extensions = info.extensions.filter((name) => name === PORTABILITY_SUBSET);
  const out = outHandle();
  const createInfo = deviceInfo(places, extensions);
  check('vkCreateDevice', instance.commands.vkCreateDevice(physical, createInfo.memory, null, out.memory));
  const handle = out.value;
  const commands = instance.binding.loadDevice(handle, extensions);
  scope.defer(() => {
    if (!base.abandoned) commands.vkDestroyDevice(handle, null);
  });
  return places.map(({ family, index }) => {
    commands.vkGetDeviceQueue(handle, family.index, index, out.memory);
    const queue = out.value;
    return {
      instance,
      physical,
      info,
      handle,
      commands,
      queue,
      queues: [queue],
      options: {},
      family,
      commandPool: commandPool({ base, commands, handle }, family.index, scope),
      createInfo,
      extensions,
      allocatedBytes: base.allocatedBytes,
      isCalibrated: false,
      resetQueries: null,
      get abandoned() {
        return base.abandoned;
      },
      abandon: () => base.abandon(),
      [Symbol.dispose]: () => undefined,
    };
  });
}

function deviceInfo(places: readonly QueuePlace[], extensions: readonly string[]) {
  const families = [...new Set(places.map(({ family }) => family.index))];
  const queues = families.map((queueFamilyIndex) => {
    const queueCount = places.filter(({ family }) => family.index === queueFamilyIndex).length;
    return { queueFamilyIndex, queueCount, pQueuePriorities: Array.from({ length: queueCount }, () => 1) };
  });
  return struct('VkDeviceCreateInfo', {
    queueCreateInfoCount: queues.length,
    pQueueCreateInfos: structArray('VkDeviceQueueCreateInfo', queues),
    enabledExtensionCount: extensions.length,
    ppEnabledExtensionNames: extensions,
  });
}

function commandPool(
  { base, commands, handle }: Pick<LogicalDevice, 'commands' | 'handle'> & { readonly base: LogicalDevice },
  queueFamilyIndex: number,
  scope: HostContext['scope'],
): bigint {
  const info = struct('VkCommandPoolCreateInfo', {
    flags: vk.VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT,
    queueFamilyIndex,
  });
  const out = outHandle();
  check('vkCreateCommandPool', commands.vkCreateCommandPool(handle, info.memory, null, out.memory));
  const pool = out.value;
  scope.defer(() => {
    if (!base.abandoned) commands.vkDestroyCommandPool(handle, pool, null);
  });
  return pool;
}
