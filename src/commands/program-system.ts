// The verb `guestmark system` with its options and examples, as commander sees it; what it does is in system.ts.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { folderName } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';
import { startListing } from './start-listing.ts';
import type { SystemFlags } from './system.ts';

/** `guestmark system`. */
export function addSystem(program: Command, context: ProgramContext): void {
  program
    .command('system')
    .description(
      'Say what this machine is: hypervisor, container, how the GPU is attached; with the evidence',
    )
    .option('--sysroot <folder>', 'describe the machine that was recorded in a folder', folderName)
    .option('--dump <folder>', 'record what was looked at in a new folder, which --sysroot reads', folderName)
    .option('--evidence', 'list every sign that was looked at', false)
    .option('--no-exit-cost', 'do not measure what an exit to the hypervisor costs (70 ms)')
    .option('--no-devices', 'do not ask Vulkan for devices (loads its drivers in a process of its own)')
    .option('--json', 'print as JSON, with all evidence', false)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: SystemFlags) => {
      // A dump first looks whether there is a folder for it.
      const asksAtOnce = flags.devices && flags.sysroot === undefined && flags.dump === undefined;
      const early = asksAtOnce ? startListing() : undefined;
      const { systemCommand } = await loadPart(import('./system.ts'));
      context.finish(await systemCommand(flags, context.terminal, early));
    });
}

const EXAMPLES = `
Needs no root; as root it sees some more (ACPI tables, namespaces of process 1).
"likely" and "claimed" mark what is not certain; – is unknown, with a reason.
A dump holds no hostname, serial number, address or id of a container, and can
go into a bug report: --sysroot then says the same of it on any machine.

Examples:
  guestmark system
  guestmark system --json | jq .system.virtualization.hypervisor
  guestmark system --dump ./my-machine
  guestmark system --sysroot ./my-machine --evidence`;
