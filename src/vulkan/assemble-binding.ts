// Puts a binding together from the open loader and a way to call each command: what all bindings have
// in common. Decides nothing about which package calls what.
import type { BindingName, BindingRoute, VulkanBinding } from './binding.ts';
import { type CommandSelection, commandSet, type ImplementCommand } from './command-set.ts';
import { openLoaderLibrary } from './loader-library.ts';
import { viewMemory } from './mapped-view.ts';
import { nativeCommand } from './native-command.ts';
import type { DeviceCommands, GlobalCommands, InstanceCommands } from './registry/commands.ts';

/** What makes one binding different from another. */
export interface BindingParts {
  readonly name: BindingName;
  /** Why the binding does not call through the package it would prefer. */
  readonly note?: string;
  route(command: string): BindingRoute;
  readonly implement: ImplementCommand;
}

/**
 * Assembles a binding. Whether a command exists is asked of the loader, for every binding alike.
 *
 * @throws GuestmarkError (environment) where there is no Vulkan loader.
 */
export function assembleBinding({ implement, ...parts }: BindingParts): VulkanBinding {
  const library = openLoaderLibrary();
  // The table and the interfaces are generated together: what the table fills, the interface names.
  const fill = <T>(selection: CommandSelection): T => commandSet(selection, implement) as unknown as T;
  return {
    ...parts,
    library: library.name,
    global: fill<GlobalCommands>({
      level: 'global',
      extensions: [],
      addressOf: (name) => library.instanceAddress(0n, name),
    }),
    loadInstance: (instance, extensions) =>
      fill<InstanceCommands>({
        level: 'instance',
        extensions,
        addressOf: (name) => library.instanceAddress(instance, name),
      }),
    loadNewer: (instance, command, signature) => {
      const address = library.instanceAddress(instance, command);
      return address === 0n ? null : nativeCommand(address, signature);
    },
    loadDevice: (device, extensions) =>
      fill<DeviceCommands>({
        level: 'device',
        extensions,
        addressOf: (name) => library.deviceAddress(device, name),
      }),
    viewMemory,
  };
}
