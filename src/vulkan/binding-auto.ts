// The binding used unless another is asked for: nvk for what it does safely, koffi for its holes and
// for the calls inside timed regions; koffi alone where nvk does not load.
import { assembleBinding } from './assemble-binding.ts';
import type { VulkanBinding } from './binding.ts';
import { bindNvk, hintFor } from './binding-nvk.ts';
import { throughKoffi } from './command-set.ts';
import { openLoaderLibrary } from './loader-library.ts';
import { loadNvk } from './nvk-module.ts';
import { timedCommands } from './nvk-routes.ts';

/**
 * Opens the automatic binding.
 *
 * @throws GuestmarkError (environment) where there is no Vulkan loader.
 */
export function openAutoBinding(): VulkanBinding {
  openLoaderLibrary();
  const nvk = loadNvk();
  if (nvk.available) return bindNvk('auto', nvk.value, timedCommands);
  const note = `nvk did not load (${nvk.reason}), so every command goes through koffi; ${hintFor(nvk.reason)}`;
  return assembleBinding({ name: 'auto', note, route: () => 'koffi', implement: throughKoffi });
}
