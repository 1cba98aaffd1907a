// The binding that calls the Vulkan loader directly through koffi. Complete, and the cheaper of the
// two; the other bindings fall back on it command by command.
import { assembleBinding } from './assemble-binding.ts';
import type { VulkanBinding } from './binding.ts';
import { throughKoffi } from './command-set.ts';

/**
 * Opens the koffi binding.
 *
 * @throws GuestmarkError (environment) where there is no Vulkan loader.
 */
export function openKoffiBinding(): VulkanBinding {
  return assembleBinding({ name: 'koffi', route: () => 'koffi', implement: throughKoffi });
}
