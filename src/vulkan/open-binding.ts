// Opens native Vulkan by the name of its binding.
import type { BindingName, VulkanBinding } from './binding.ts';
import { openKoffiBinding } from './binding-koffi.ts';

/**
 * Opens a binding.
 *
 * @throws GuestmarkError (environment) where the Vulkan loader, or what the binding needs, is missing.
 */
export function openBinding(name: BindingName): VulkanBinding {
  void name;
  return openKoffiBinding();
}
