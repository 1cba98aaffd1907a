// The binding that calls the Vulkan loader directly through koffi. Complete, and the cheaper of the
// two; the other bindings fall back on it command by command.
import type { VulkanBinding } from './binding.ts';
import { commandSet } from './command-set.ts';
import { openLoaderLibrary } from './loader-library.ts';
import { viewMemory } from './mapped-view.ts';
import type { DeviceCommands, GlobalCommands, InstanceCommands } from './registry/commands.ts';

/**
 * Opens the koffi binding.
 *
 * @throws GuestmarkError (environment) where there is no Vulkan loader.
 */
export function openKoffiBinding(): VulkanBinding {
  const library = openLoaderLibrary();
  // The table and the interfaces are generated together: what the table fills, the interface names.
  return {
    name: 'koffi',
    library: library.name,
    global: commandSet('global', [], (name) => library.instanceAddress(0n, name)) as unknown as GlobalCommands,
    route: () => 'koffi',
    loadInstance: (instance, extensions) =>
      commandSet('instance', extensions, (name) =>
        library.instanceAddress(instance, name),
      ) as unknown as InstanceCommands,
    loadDevice: (device, extensions) =>
      commandSet('device', extensions, (name) => library.deviceAddress(device, name)) as unknown as DeviceCommands,
    viewMemory,
  };
}
