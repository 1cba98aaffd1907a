// The verb `run` with its options and examples, as commander sees it. What it does is in run.ts.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { loadPart } from '../base/load-part.ts';
import { parseQuantity } from '../base/units.ts';
import { parseThresholds, type Threshold } from '../definition/threshold.ts';
import { SUITE_NAMES, type SuiteName } from '../suite/benchmark.ts';
import type { VerifyChoice } from '../suite/session.ts';
import { addExternalOptions, type ExternalFlags, externalOptions } from './external-options.ts';
import { duration, moduleUrls, pinChoice, whole } from './option-values.ts';
import type { RunOptions } from './run.ts';
import { addShaderOptions, type ShaderFlags } from './shader-options.ts';
import { addSelection, bindingOption, type ProgramContext } from './shared-options.ts';

/** Defaults per suite: on two CPU cores quick answers within a minute, standard within ten, full in hours. */
const DEFAULTS: Readonly<
  Record<SuiteName, { readonly runs: number; readonly minTimeNs: number; readonly maxTimeNs: number }>
> = {
  quick: { runs: 3, minTimeNs: 0.08e9, maxTimeNs: 0.15e9 },
  standard: { runs: 3, minTimeNs: 0.1e9, maxTimeNs: 0.2e9 },
  full: { runs: 5, minTimeNs: 0.5e9, maxTimeNs: 5e9 },
  latency: { runs: 3, minTimeNs: 0.1e9, maxTimeNs: 0.3e9 },
  host: { runs: 3, minTimeNs: 0.1e9, maxTimeNs: 0.2e9 },
};

/** `3 in quick, 5 in standard, 5 in full`. */
function perSuite(text: (defaults: (typeof DEFAULTS)[SuiteName]) => string): string {
  return SUITE_NAMES.map((suite) => `${text(DEFAULTS[suite])} in ${suite}`).join(', ');
}

interface RunFlags extends ExternalFlags, ShaderFlags {
  suite: SuiteName;
  device?: string;
  queueFamily?: number;
  binding: 'auto' | 'nvk' | 'koffi';
  runs?: number;
  minTime?: number;
  maxTime?: number;
  timeout?: number;
  seed: number;
  wait: 'spin' | 'block' | 'auto';
  pin: 'auto' | 'none' | number;
  ledger: 'on' | 'off';
  stalls: boolean;
  counters: 'quiet' | 'all' | 'none';
  validate: boolean;
  verify: VerifyChoice;
  dumpOutputs?: string;
  threshold?: readonly Threshold[];
  robust: boolean;
  memoryLimit?: number;
  processMemory?: number;
  out?: string;
  json: boolean;
  module?: readonly string[];
}

/** `guestmark run`. */
export function addRun(program: Command, context: ProgramContext): void {
  const run = program
    .command('run')
    .description('Run benchmarks and write a report')
    .argument(
      '[selector...]',
      'benchmarks or cases: copy, copy[n=16Mi], hist* (default: the whole suite); or shaders, modules, suite files and folders of them: my.comp, ./my-kernels/',
    );
  addSelection(run);
  run
    .option('--device <which>', 'index, part of the name, UUID or PCI address (default: the best)')
    .option(
      '--queue-family <index>',
      'queue family to use (default: compute with timestamps, without graphics)',
      whole('a queue family index', 0),
    )
    .addOption(bindingOption());
  addSampling(run);
  addShaderOptions(run);
  addVerification(run);
  addExternalOptions(run);
  run
    .option('--validate', 'run under the Khronos validation layer; its messages count as failures', false)
    .option('--out <file>', 'where the report goes (default: guestmark-<time>.json)')
    .option('--json', 'print the report instead of the table', false)
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (selectors: string[], flags: RunFlags) => {
      const { runCommand } = await loadPart(import('./run.ts'));
      context.finish(
        await runCommand(
          runOptions(selectors, flags, context.argv),
          context.terminal,
          context.untilInterrupted,
        ),
      );
    });
}

/** What is checked and kept beside the times, and what protects the machine. */
function addVerification(run: Command): void {
  run
    .addOption(
      new Option(
        '--verify <when>',
        'when outputs are checked: around the samples of a case, or after every one of them too',
      )
        .choices(['around', 'every'])
        .default('around'),
    )
    .option('--dump-outputs <folder>', 'write what every kernel computed, as raw bytes and as .npy')
    .option('--threshold <text>', 'what must hold, such as "gpuTime <= 5 ms" (repeatable)', threshold)
    .option(
      '--robust',
      'enable robustBufferAccess: accesses out of bounds do no harm, and may be slower',
      false,
    )
    .option(
      '--memory-limit <bytes>',
      'most memory of a case, such as 2Gi (default: 3/4 of the device heap)',
      bytes,
    )
    .option(
      '--process-memory <bytes>',
      'hard limit of the memory of a process (default: that of the machine, less 512Mi)',
      bytes,
    );
}

/** How much is measured, and by which thread under which clocks. */
function addSampling(run: Command): void {
  run
    .option(
      '--runs <count>',
      `processes that measure every case (default: ${perSuite(({ runs }) => String(runs))})`,
      whole('a number of runs', 1),
    )
    .option(
      '--min-time <duration>',
      `least sampling time of a case in a run (default: ${perSuite(({ minTimeNs }) => `${minTimeNs / 1e9}s`)})`,
      duration,
    )
    .option(
      '--max-time <duration>',
      `most sampling time of a case in a run (default: ${perSuite(({ maxTimeNs }) => `${maxTimeNs / 1e9}s`)})`,
      duration,
    )
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
    .option(
      '--pin <cpu>',
      'bind the measuring thread to a CPU: a number, auto (the quietest) or none',
      pinChoice,
      'none',
    )
    .addOption(
      new Option(
        '--ledger <state>',
        'off: samples carry stamps and device times only, to see what the ledger costs',
      )
        .choices(['on', 'off'])
        .default('on'),
    )
    .option('--stalls', 'watch for stalls of the machine on another CPU, which that takes', false)
    .addOption(
      new Option(
        '--counters <which>',
        'counters read before and after the samples of a case; all: also perf events, which slow context switches down',
      )
        .choices(['quiet', 'all', 'none'])
        .default('quiet'),
    );
}

function runOptions(selectors: readonly string[], flags: RunFlags, argv: readonly string[]): RunOptions {
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
    pin: flags.pin,
    ledger: flags.ledger === 'on',
    counters: flags.counters,
    verify: flags.verify,
    stalls: flags.stalls,
    validate: flags.validate,
    out: flags.out ?? defaultOut(new Date()),
    json: flags.json,
    modules: moduleUrls(flags.module ?? []),
    shaders: flags,
    dumpOutputs: flags.dumpOutputs === undefined ? null : resolve(flags.dumpOutputs),
    thresholds: flags.threshold ?? [],
    robustBufferAccess: flags.robust,
    memoryLimitBytes: flags.memoryLimit ?? null,
    processMemoryBytes: flags.processMemory ?? null,
    ...externalOptions(flags, process.env),
  };
}

function threshold(text: string, thresholds: readonly Threshold[] = []): readonly Threshold[] {
  try {
    return [...thresholds, ...parseThresholds(text)];
  } catch (error) {
    throw new InvalidArgumentError(describeError(error));
  }
}

/** A size of at least one byte. */
function bytes(text: string): number {
  const value = /^[\d.]+(Ki|Mi|Gi|Ti)?$/.test(text) ? parseQuantity(text) : Number.NaN;
  if (Number.isFinite(value) && value >= 1) return Math.floor(value);
  throw new InvalidArgumentError('It is not a size such as 512Mi or 2Gi');
}

/** `guestmark-20261124T213000.json`: sorts by time, and no character needs quoting. */
function defaultOut(now: Date): string {
  return `guestmark-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.json`;
}

const RUN_EXAMPLES = `
Examples:
  guestmark run
  guestmark run copy triad --axis n=1Mi,16Mi
  guestmark run 'sgemm-tiled[size=1024]' --runs 10 --max-time 5s
  guestmark run --suite standard --device nvidia --out h200.json
  guestmark run empty-submit --binding koffi --wait spin --pin auto
  guestmark run empty-submit --stalls --external-clock 192.168.122.1:4123
  guestmark run my.comp --axis n=1Mi..64Mi*4
  guestmark run ./my-kernels/ --threshold 'gpuTime <= 5 ms' --dump-outputs out
  guestmark run --validate --json > report.json`;
