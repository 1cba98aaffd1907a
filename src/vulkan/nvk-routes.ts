// Which commands must not go through nvk, and why. Data: the reasons were found by calling nvk 0.8.0
// and reading its generator; process-killers.test.ts shows the fatal ones. With commands of extensions
// left to koffi, nothing depends on nvk's current device (vkUseDevice), so that is never set.
import { type CommandName, commandTable } from './registry/commands.ts';

const BROKEN: Partial<Record<CommandName, string>> = {
  vkCreateDevice: 'nvk ignores the result and asks the null device for its extension commands: SIGSEGV',
};

const EXTENSION =
  'nvk keeps one pointer a process for a command of an extension: null or of another device, depending on which device was made last';
const NEWER = 'nvk ends at Vulkan 1.1.126';

/** Why a command cannot go through nvk, or undefined where it can. */
export function reasonAgainstNvk(command: CommandName): string | undefined {
  const { extension, from } = commandTable[command];
  if (extension) return EXTENSION;
  if (from !== 'VK_VERSION_1_0' && from !== 'VK_VERSION_1_1') return NEWER;
  return BROKEN[command];
}

/** Commands inside timed regions: nvk adds about 2 µs of CPU time to each, koffi under 0.1 µs. */
export const timedCommands: ReadonlySet<string> = new Set<CommandName>([
  'vkQueueSubmit',
  'vkWaitForFences',
  'vkGetFenceStatus',
  'vkResetFences',
  'vkBeginCommandBuffer',
  'vkEndCommandBuffer',
  'vkCmdBindPipeline',
  'vkCmdBindDescriptorSets',
  'vkCmdPushConstants',
  'vkCmdPipelineBarrier',
  'vkCmdDispatch',
  'vkCmdDispatchIndirect',
  'vkUpdateDescriptorSets',
  'vkSetEvent',
  // Timed by themselves in bench/host.
  'vkQueueWaitIdle',
  'vkGetEventStatus',
  'vkQueueBindSparse',
  'vkAllocateMemory',
  'vkFreeMemory',
  'vkMapMemory',
  'vkUnmapMemory',
  'vkCreateInstance',
  'vkEnumeratePhysicalDevices',
  'vkGetDeviceQueue',
  'vkCreateComputePipelines',
]);
