// The verbs with their options and examples, as commander sees them. Turns strings into checked values;
// what a verb does is in the file of its name.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { parseDurationNs, parseQuantity } from '../base/units.ts';
import { SUITE_NAMES, type SuiteName } from '../suite/benchmark.ts';
import { devicesCommand } from './devices.ts';
import { listCommand } from './list.ts';
import { runCommand } from './run.ts';
import { setupCommand } from './setup.ts';
import type { Terminal } from './terminal.ts';

/** What every verb gets. */
export interface ProgramContext {
  readonly terminal: Terminal;
  /** Makes Ctrl-C a wish to stop from now on; until then it ends the process, as it does by default. */
  readonly untilInterrupted: () => AbortSignal;
  readonly argv: readonly string[];
  readonly finish: (exitCode: number) => void;
}

type Axes = Readonly<Record<string, readonly number[]>>;

/** Defaults per suite: quick answers in about a minute, standard in a coffee break. */
const DEFAULTS: Readonly<
  Record<SuiteName, { readonly runs: number; readonly minTimeNs: number; readonly maxTimeNs: number }>
> = {
  quick: { runs: 3, minTimeNs: 0.2e9, maxTimeNs: 0.8e9 },
  standard: { runs: 5, minTimeNs: 0.5e9, maxTimeNs: 5e9 },
};

interface RunFlags {
  suite: SuiteName;
  device?: string;
  queueFamily?: number;
  binding: 'auto' | 'nvk' | 'koffi';
  axis?: Axes;
  runs?: number;
  minTime?: number;
  maxTime?: number;
  timeout?: number;
  seed: number;
  wait: 'spin' | 'block' | 'auto';
  validate: boolean;
  out?: string;
  json: boolean;
  module?: readonly string[];
}

/** `guestmark run`. */
export function addRun(program: Command, context: ProgramContext): void {
  const run = program
    .command('run')
    .description('Run benchmarks and write a report')
    .argument('[selector...]', 'benchmarks or cases: copy, copy[n=16Mi], hist* (default: the whole suite)');
  addSelection(run);
  run
    .option('--device <which>', 'index, part of the name, UUID or PCI address (default: the best)')
    .option(
      '--queue-family <index>',
      'queue family to use (default: compute with timestamps, without graphics)',
      whole('a queue family index', 0),
    )
    .addOption(bindingOption())
    .option(
      '--runs <count>',
      'processes that measure every case (default: 3 in quick, 5 in standard)',
      whole('a number of runs', 1),
    )
    .option('--min-time <duration>', 'least sampling time of a case in a run, such as 200ms', duration)
    .option('--max-time <duration>', 'most sampling time of a case in a run, such as 2s', duration)
    .option(
      '--timeout <duration>',
      'limit for one case in one run, after which it counts as hanging (default: 60s more than --max-time)',
      duration,
    )
    .option(
      '--seed <number>',
      'seed of the data, the order of cases and the intervals',
      whole('a seed', 0),
      1,
    )
    .addOption(
      new Option('--wait <mode>', 'how to wait for the device')
        .choices(['auto', 'spin', 'block'])
        .default('auto'),
    )
    .option('--validate', 'run under the Khronos validation layer; its messages count as failures', false)
    .option('--out <file>', 'where the report goes (default: guestmark-<time>.json)')
    .option('--json', 'print the report instead of the table', false)
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (selectors: string[], flags: RunFlags) => {
      context.finish(
        await runCommand(
          runOptions(selectors, flags, context.argv),
          context.terminal,
          context.untilInterrupted,
        ),
      );
    });
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
      context.finish(await devicesCommand(flags, context.terminal));
    });
}

/** `guestmark list`. */
export function addList(program: Command, context: ProgramContext): void {
  const list = program
    .command('list')
    .description('List the benchmarks of a suite with their axes')
    .argument('[selector...]', 'benchmarks or cases, as for run');
  addSelection(list);
  list
    .option('--cases', 'list the case ids, one a line', false)
    .option('--json', 'print as JSON', false)
    .addHelpText(
      'after',
      '\nExamples:\n  guestmark list\n  guestmark list --suite standard --cases\n  guestmark list copy --axis n=1Mi,4Mi --json',
    )
    .action(async (selectors: string[], flags: RunFlags & { cases: boolean }) => {
      const { suite, axis: axes = {}, cases, json, module = [] } = flags;
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
      'also bring what the tests use: validation layer, shader compiler, Vulkan headers',
      false,
    )
    .option('--json', 'print what was done as JSON', false)
    .addHelpText('after', '\nExamples:\n  guestmark setup\n  guestmark setup --for-tests')
    .action(async (flags: { forTests: boolean; json: boolean }) => {
      context.finish(await setupCommand(flags, context.terminal));
    });
}

function addSelection(command: Command): void {
  command
    .addOption(new Option('--suite <name>', 'which suite').choices([...SUITE_NAMES]).default('quick'))
    .option('--axis <name=values>', 'values of an axis, such as n=1Mi,16Mi (repeatable)', collectAxis)
    .option(
      '--module <file>',
      'JavaScript module with further benchmarks (repeatable)',
      (file: string, files: readonly string[] = []) => [...files, file],
    );
}

function bindingOption(): Option {
  return new Option('--binding <name>', 'how native Vulkan is called')
    .choices(['auto', 'nvk', 'koffi'])
    .default('auto');
}

function runOptions(
  selectors: readonly string[],
  flags: RunFlags,
  argv: readonly string[],
): Parameters<typeof runCommand>[0] {
  const defaults = DEFAULTS[flags.suite];
  const minTimeNs = flags.minTime ?? Math.min(defaults.minTimeNs, flags.maxTime ?? Number.POSITIVE_INFINITY);
  const maxTimeNs = flags.maxTime ?? Math.max(defaults.maxTimeNs, minTimeNs);
  if (minTimeNs > maxTimeNs)
    throw new GuestmarkError('usage', 'Cannot sample: --min-time is longer than --max-time');
  const timeoutNs = flags.timeout ?? maxTimeNs + 60e9;
  if (timeoutNs <= maxTimeNs)
    throw new GuestmarkError('usage', 'Cannot sample: --timeout is not longer than --max-time', {
      hint: 'a case also takes time to prepare and to verify',
    });
  return {
    argv,
    selectors,
    suite: flags.suite,
    axes: flags.axis ?? {},
    device: flags.device ?? null,
    queueFamily: flags.queueFamily ?? null,
    binding: flags.binding,
    runs: flags.runs ?? defaults.runs,
    minTimeNs,
    maxTimeNs,
    timeoutNs,
    seed: flags.seed,
    wait: flags.wait,
    validate: flags.validate,
    out: flags.out ?? defaultOut(new Date()),
    json: flags.json,
    modules: moduleUrls(flags.module ?? []),
  };
}

/** `guestmark-20261124T213000.json`: sorts by time, and no character needs quoting. */
function defaultOut(now: Date): string {
  return `guestmark-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.json`;
}

function moduleUrls(files: readonly string[]): readonly string[] {
  return files.map((file) => pathToFileURL(resolve(file)).href);
}

function collectAxis(text: string, axes: Axes = {}): Axes {
  const [, name, values] = /^(\w+)=(.+)$/.exec(text.trim()) ?? [];
  if (name === undefined || values === undefined)
    throw new InvalidArgumentError('It is not of the form name=value,value');
  const added = values.split(',').map((value) => argument(() => parseQuantity(value)));
  return { ...axes, [name]: [...(axes[name] ?? []), ...added] };
}

/** A duration of an option, in ns. */
export function duration(text: string): number {
  const ns = argument(() => parseDurationNs(text));
  if (!(ns > 0)) throw new InvalidArgumentError('It must be longer than 0');
  return ns;
}

/** Reads a whole number of an option. */
export function whole(what: string, least: number): (text: string) => number {
  const most = 2 ** 32 - 1;
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is not ${what}, a whole number from ${least} to ${most}`);
  };
}

/** Lets commander report a usage error with the option's name. */
function argument<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new InvalidArgumentError(describeError(error));
  }
}

const RUN_EXAMPLES = `
Examples:
  guestmark run
  guestmark run copy triad --axis n=1Mi,16Mi
  guestmark run 'sgemm-tiled[size=1024]' --runs 10 --max-time 5s
  guestmark run --suite standard --device nvidia --out h200.json
  guestmark run empty-submit --binding koffi --wait spin
  guestmark run --validate --json > report.json`;
