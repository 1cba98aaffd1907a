// The options of the verb `run`, as commander reads them: the same for a command line that was just typed and for that of a
// report that is continued.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { describeError } from '../base/errors.ts';
import { parseThresholds, type Threshold } from '../definition/threshold.ts';
import { SUITE_NAMES, type SuiteName } from '../suite/benchmark.ts';
import type { VerifyChoice } from '../suite/session.ts';
import { addExternalOptions, type ExternalFlags } from './external-options.ts';
import { duration, pinChoice, sizeBytes, whole } from './option-values.ts';
import { addShaderOptions, type ShaderFlags } from './shader-options.ts';
import { addSelection, bindingOption } from './shared-options.ts';
import { SUITE_DEFAULTS } from './suite-defaults.ts';

/** `3 in quick, 5 in standard, 5 in full`. */
function perSuite(text: (defaults: (typeof SUITE_DEFAULTS)[SuiteName]) => string): string {
  return SUITE_NAMES.map((suite) => `${text(SUITE_DEFAULTS[suite])} in ${suite}`).join(', ');
}

/** What commander reads. */
export interface RunFlags extends ExternalFlags, ShaderFlags {
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
  resume: boolean;
  json: boolean;
  module?: readonly string[];
}

/** Adds all of them, and the selectors. */
export function addRunOptions(run: Command): Command {
  run.argument(
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
  return run
    .option('--validate', 'run under the Khronos validation layer; its messages count as failures', false)
    .option('--out <file>', 'where the report goes (default: guestmark-<time>.json)')
    .option(
      '--resume',
      'continue the interrupted report of --out with what is missing in it; where there is none, begin it',
      false,
    )
    .option('--json', 'print the report instead of the table', false);
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
      sizeBytes,
    )
    .option(
      '--process-memory <bytes>',
      'hard limit of the memory of a process (default: that of the machine, less 512Mi)',
      sizeBytes,
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

function threshold(text: string, thresholds: readonly Threshold[] = []): readonly Threshold[] {
  try {
    return [...thresholds, ...parseThresholds(text)];
  } catch (error) {
    throw new InvalidArgumentError(describeError(error));
  }
}
