// The binding that calls nvk, with koffi only where nvk would end the process, is wrong, or lacks the
// command (nvk-routes.ts).
import { GuestmarkError } from '../base/errors.ts';
import { assembleBinding } from './assemble-binding.ts';
import type { VulkanBinding } from './binding.ts';
import { throughKoffi } from './command-set.ts';
import { openLoaderLibrary } from './loader-library.ts';
import { nvkCommand } from './nvk-command.ts';
import { loadNvk, type NvkModule } from './nvk-module.ts';
import { reasonAgainstNvk } from './nvk-routes.ts';
import { type CommandName, commandTable } from './registry/commands.ts';

/**
 * Opens the nvk binding.
 *
 * @throws GuestmarkError (environment) where there is no Vulkan loader, or nvk does not load.
 */
export function openNvkBinding(): VulkanBinding {
  // First, so that a missing loader is not reported as a defect of nvk.
  openLoaderLibrary();
  const nvk = loadNvk();
  if (nvk.available) return bindNvk('nvk', nvk.value, new Set());
  throw new GuestmarkError('environment', `Cannot load nvk: ${nvk.reason}`, { hint: hintFor(nvk.reason) });
}

/** A binding on a loaded nvk; the commands in `onKoffi` go through koffi besides those that must. */
export function bindNvk(name: 'nvk' | 'auto', nvk: NvkModule, onKoffi: ReadonlySet<string>): VulkanBinding {
  const isNvk = (command: string): boolean =>
    Object.hasOwn(commandTable, command) &&
    !onKoffi.has(command) &&
    reasonAgainstNvk(command as CommandName) === undefined;
  return assembleBinding({
    name,
    route: (command) => (isNvk(command) ? 'nvk' : 'koffi'),
    implement: (command, address, signature) =>
      isNvk(command) ? nvkCommand(nvk, command, signature) : throughKoffi(command, address, signature),
  });
}

/** What would help against a reason why nvk does not load. */
export function hintFor(reason: string): string {
  if (reason.includes('libX11'))
    return 'install it (Debian: `apt-get install libx11-6`), or use --binding koffi';
  return 'use --binding koffi, which needs only the Vulkan loader';
}
