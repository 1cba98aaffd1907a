// Opens native Vulkan by the name of its binding; nothing native is loaded before it is asked for.
import type { BindingName, VulkanBinding } from './binding.ts';
import { openAutoBinding } from './binding-auto.ts';
import { openKoffiBinding } from './binding-koffi.ts';
import { openNvkBinding } from './binding-nvk.ts';

const OPENERS: Readonly<Record<BindingName, () => VulkanBinding>> = {
  auto: openAutoBinding,
  nvk: openNvkBinding,
  koffi: openKoffiBinding,
};

/**
 * Opens a binding. The Vulkan loader, and nvk where the binding uses it, are loaded by the first call.
 *
 * @throws GuestmarkError (environment) where the Vulkan loader, or what the binding needs, is missing.
 */
export function openBinding(name: BindingName): VulkanBinding {
  return OPENERS[name]();
}
