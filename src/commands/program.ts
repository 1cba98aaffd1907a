// The small verbs with their options and examples, as commander sees them; what a verb does is in the file of
// its name, and the large ones have a file program-<verb>.ts of their own.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import type { SuiteName } from '../suite/benchmark.ts';
import { type Axes, moduleUrls } from './option-values.ts';
import { addSelection, bindingOption, type ProgramContext } from './shared-options.ts';

interface ListFlags {
  suite: SuiteName;
  axis?: Axes;
  cases: boolean;
  json: boolean;
  module?: readonly string[];
}

/** `guestmark devices`. */
export function addDevices(program: Command, context: ProgramContext): void {
  program
    .command('devices')
    .description('List the Vulkan devices with their queue families and memory')
    .addOption(bindingOption())
    .option('--json', 'print as JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  guestmark devices\n  guestmark devices --json | jq ".devices[].name"',
    )
    .action(async (flags: { binding: 'auto' | 'nvk' | 'koffi'; json: boolean }) => {
      const { devicesCommand } = await loadPart(import('./devices.ts'));
      context.finish(await devicesCommand(flags, context.terminal));
    });
}

/** `guestmark list`. */
export function addList(program: Command, context: ProgramContext): void {
  const list = program
    .command('list')
    .description('List the benchmarks of a suite with their axes, or explain the one that is named')
    .argument('[selector...]', 'benchmarks or cases, as for run; the name of one benchmark explains it');
  addSelection(list);
  list
    .option('--cases', 'list the case ids, one a line', false)
    .option('--json', 'print as JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  guestmark list\n  guestmark list copy\n  guestmark list --suite full\n  guestmark list --suite standard --cases\n  guestmark list copy --axis n=1Mi,4Mi --json',
    )
    .action(async (selectors: string[], flags: ListFlags) => {
      const { suite, axis: axes = {}, cases, json, module = [] } = flags;
      const { listCommand } = await loadPart(import('./list.ts'));
      context.finish(
        await listCommand(
          { selectors, suite, axes, cases, json, modules: moduleUrls(module) },
          context.terminal,
        ),
      );
    });
}

/** `guestmark setup`. */
export function addSetup(program: Command, context: ProgramContext): void {
  program
    .command('setup')
    .description(
      'Make sure that there is a Vulkan device: brings the software driver lavapipe where there is none',
    )
    .option(
      '--for-tests',
      'also bring what the tests use: validation layer, shader compiler, Vulkan headers, Slurm',
      false,
    )
    .option('--json', 'print what was done as JSON', false)
    .addHelpText('after', '\nExamples:\n  guestmark setup\n  guestmark setup --for-tests')
    .action(async (flags: { forTests: boolean; json: boolean }) => {
      const { setupCommand } = await loadPart(import('./setup.ts'));
      context.finish(await setupCommand(flags, context.terminal));
    });
}
