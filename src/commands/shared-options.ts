// Options that several verbs share, so that they read and mean the same everywhere.
import { type Command, Option } from 'commander';
import { SUITE_NAMES } from '../suite/benchmark.ts';
import { collectAxis } from './option-values.ts';
import type { Terminal } from './terminal.ts';

/** What every verb gets. */
export interface ProgramContext {
  readonly terminal: Terminal;
  /** Makes Ctrl-C a wish to stop from now on; until then it ends the process, as it does by default. */
  readonly untilInterrupted: () => AbortSignal;
  readonly argv: readonly string[];
  readonly finish: (exitCode: number) => void;
}

/** What to run: suite, axes and further modules. */
export function addSelection(command: Command): void {
  command
    .addOption(
      new Option(
        '--suite <name>',
        'which cases, and the defaults of how long: quick takes a minute on two CPU cores, standard ten, full hours',
      )
        .choices([...SUITE_NAMES])
        .default('quick'),
    )
    .option(
      '--axis <name=values>',
      'values of an axis: n=1Mi,16Mi, or a range: n=1Mi..64Mi*4, k=0..100+10 (repeatable)',
      collectAxis,
    )
    .option(
      '--module <file>',
      'JavaScript module with further benchmarks (repeatable)',
      (file: string, files: readonly string[] = []) => [...files, file],
    );
}

/** How native Vulkan is called. */
export function bindingOption(): Option {
  return new Option('--binding <name>', 'how native Vulkan is called')
    .choices(['auto', 'nvk', 'koffi'])
    .default('auto');
}
