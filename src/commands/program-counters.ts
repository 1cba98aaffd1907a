// The verb `guestmark counters` with its options and examples, as commander sees it; what it does is in counters.ts.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { duration } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface CountersFlags {
  for?: number;
  all: boolean;
  json: boolean;
}

const DEFAULT_NS = 1e9;

/** `guestmark counters`. */
export function addCounters(program: Command, context: ProgramContext): void {
  program
    .command('counters')
    .description(
      'Show what this machine counts: steal, perf events, network, fabric, GPU, VMware; and what it does not',
    )
    .argument('[pattern...]', "groups or counters: steal, 'net:eth0:*' (default: all)")
    .option('--for <duration>', 'time between the two readings, such as 10s (default: 1s)', duration)
    .option('--all', 'also show counters that stand at 0', false)
    .option('--json', 'print as JSON, with descriptions, units and sources', false)
    .addHelpText('after', EXAMPLES)
    .action(async (patterns: string[], flags: CountersFlags) => {
      const options = { patterns, spanNs: flags.for ?? DEFAULT_NS, all: flags.all, json: flags.json };
      const { countersCommand } = await loadPart(import('./counters.ts'));
      context.finish(await countersCommand(options, context.terminal, context.untilInterrupted));
    });
}

const EXAMPLES = `
Perf events count the reading process, everything else this machine. A run reads
the same counters before and after the samples of every case (guestmark run
--counters). Ctrl-C ends the wait early and prints what moved until then.

Examples:
  guestmark counters
  guestmark counters steal 'net:*:rx:*' --for 10s
  guestmark counters --all perf-hardware
  guestmark counters --json | jq '.groups[] | {id, why: .counters.reason}'`;
