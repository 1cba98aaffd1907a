// The verb `guestmark tenants` with its options and examples, as commander sees it; what it does is in tenants.ts.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { DEFAULT_AGGRESSOR, DEFAULT_SELECTOR, memorySelector } from '../tenants/scenario.ts';
import type { Scenario, TenantsCommand } from '../tenants/tenants-report.ts';
import { duration, moduleUrls, outPlace, sizeBytes, whole } from './option-values.ts';
import { addResultOptions, type ResultFormat } from './result-options.ts';
import { bindingOption, type ProgramContext } from './shared-options.ts';
import type { TenantsRequest } from './tenants.ts';

interface TenantsFlags extends Pick<TenantsCommand, 'rounds' | 'seed' | 'binding' | 'validate'> {
  tenants: number;
  aggressor?: string | true;
  matrix: boolean;
  kill: boolean;
  memory: boolean;
  time: number;
  timeout: number;
  device?: string;
  queueFamily?: number;
  memoryLimit?: number;
  processMemory?: number;
  module?: readonly string[];
  format?: ResultFormat;
  json: boolean;
  out?: string;
}

/** More processes than that are no question that this verb answers. */
const MOST_TENANTS = 64;

/** `guestmark tenants`. */
export function addTenants(program: Command, context: ProgramContext): void {
  const tenants = program
    .command('tenants')
    .description('Run several processes on one device at once, and say what they do to each other')
    .argument(
      '[selector...]',
      `cases that the tenants run in turn: copy, fma-f32, my.comp (default: ${DEFAULT_SELECTOR})`,
    )
    .option('-n, --tenants <count>', 'processes at once', tenantCount, 2);
  addScenarios(tenants);
  addMeasuring(tenants);
  addResultOptions(tenants)
    .addHelpText('after', TENANTS_HELP)
    .action(async (selectors: string[], flags: TenantsFlags) => {
      const { tenantsCommand } = await loadPart(import('./tenants.ts'));
      const { terminal, untilInterrupted } = context;
      context.finish(await tenantsCommand(requestOf(selectors, flags), terminal, untilInterrupted));
    });
}

function addScenarios(tenants: Command): void {
  tenants
    .addOption(
      new Option(
        '--aggressor [selector]',
        `the last tenant is a noisy neighbour with this case (default: ${DEFAULT_AGGRESSOR})`,
      ).conflicts(['matrix', 'memory']),
    )
    .addOption(
      new Option('--matrix', 'pairs of kinds of work, or of the cases: how much each slows each down')
        .default(false)
        .conflicts(['aggressor', 'kill', 'memory']),
    )
    .addOption(
      new Option('--kill', 'kill the last tenant in the middle, and start another one')
        .default(false)
        .conflicts(['matrix', 'memory']),
    )
    .addOption(
      new Option('--memory', 'the last tenant takes all memory that it is given, and is then killed')
        .default(false)
        .conflicts(['aggressor', 'matrix', 'kill']),
    );
}

function addMeasuring(tenants: Command): void {
  tenants
    .option(
      '--rounds <count>',
      'how often alone and together are measured',
      whole('a number of rounds', 1),
      3,
    )
    .addOption(
      new Option('--time <duration>', 'for how long tenants sample at once')
        .argParser(duration)
        .default(2e9, '2s'),
    )
    .addOption(
      new Option(
        '--timeout <duration>',
        'how long a tenant may take to be ready, after which the others go without it, and as long to verify afterwards',
      )
        .argParser(duration)
        .default(60e9, '60s'),
    )
    .option('--device <which>', 'index, part of the name, UUID or PCI address (default: the best)')
    .option('--queue-family <index>', 'queue family to use', whole('a queue family index', 0))
    .addOption(bindingOption())
    .option('--seed <number>', 'seed of the data and the intervals', whole('a seed', 0), 1)
    .option('--validate', 'run under the Khronos validation layer; its messages count as failures', false)
    .option('--memory-limit <bytes>', 'most memory of a case, and of --memory, such as 2Gi', sizeBytes)
    .option('--process-memory <bytes>', 'hard limit of the memory of each process', sizeBytes)
    .option(
      '--module <file>',
      'JavaScript module with further benchmarks (repeatable)',
      (file: string, files: readonly string[] = []) => [...files, file],
    );
}

function tenantCount(text: string): number {
  const count = whole('a number of tenants', 2)(text);
  if (count <= MOST_TENANTS) return count;
  throw new InvalidArgumentError(`It is more than ${MOST_TENANTS}`);
}

function scenarioOf({ aggressor, matrix, kill, memory }: TenantsFlags): Scenario {
  if (matrix) return 'matrix';
  if (memory) return 'memory';
  if (kill) return 'kill';
  return aggressor === undefined ? 'fairness' : 'aggressor';
}

/** The selector of the last tenant's case; null where it has that of all. */
function aggressorOf({ memory, memoryLimit, aggressor }: TenantsFlags): string | null {
  if (memory) return memorySelector(memoryLimit ?? null);
  return aggressor === true ? DEFAULT_AGGRESSOR : (aggressor ?? null);
}

function requestOf(selectors: readonly string[], flags: TenantsFlags): TenantsRequest {
  const { rounds, seed, binding, validate, tenants, time, timeout } = flags;
  const scenario = scenarioOf(flags);
  return {
    command: {
      ...{ scenario, selectors, tenants, rounds, seed, binding, validate },
      aggressor: aggressorOf(flags),
      timeNs: time,
      timeoutNs: timeout,
      device: flags.device ?? null,
      queueFamily: flags.queueFamily ?? null,
      memoryLimitBytes: flags.memoryLimit ?? null,
      processMemoryBytes: flags.processMemory ?? null,
    },
    modules: moduleUrls(flags.module ?? []),
    format: flags.json ? 'json' : (flags.format ?? null),
    out: outPlace(flags.out),
  };
}

const TENANTS_HELP = `
Every tenant is a process of its own. It prepares, verifies and warms up, waits
for the others, and all sample at once; alone and together are measured in turn,
and a round of both is what figures and their intervals rest on. Steal is told
beside every figure. What each figure means: docs/tenants.md.

Exit codes: 0 where all tenants were measured and verified; 1 where one failed
(not the one that --kill kills); 2 for a wrong command line; 3 without a device;
130 after Ctrl-C, which keeps what was measured.

Examples:
  guestmark tenants -n 4
  guestmark tenants copy fma-f32
  guestmark tenants copy --aggressor -n 3
  guestmark tenants empty-submit --aggressor 'copy[n=64Mi]' --rounds 10
  guestmark tenants --matrix --time 1s --out matrix.json
  guestmark tenants --matrix copy fma-f32 my.comp
  guestmark tenants -n 3 --kill
  guestmark tenants copy --memory --memory-limit 8Gi
  guestmark tenants -n 2 --json | jq '.figures[0].fairness'`;
