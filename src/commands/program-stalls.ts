// The verb `guestmark stalls` with its options and examples, as commander sees it; what it does is in stalls.ts.
import type { Command } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { duration, whole } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface StallsFlags {
  seconds?: number;
  threshold?: number;
  cpu?: number;
  json: boolean;
}

/** Ten seconds hold some tens of the rarer holes, and nobody minds waiting for them. */
const DEFAULT_NS = 10e9;

/** `guestmark stalls`. */
export function addStalls(program: Command, context: ProgramContext): void {
  program
    .command('stalls')
    .description('Watch a CPU for moments in which it stood still, silent ones too, and say what made them')
    .option('--seconds <duration>', 'how long to watch, such as 60 or 500ms (default: 10)', duration)
    .option(
      '--threshold <duration>',
      'shortest hole that counts, such as 150us (default: by the timer ticks of this machine)',
      duration,
    )
    .option('--cpu <number>', 'which CPU (default: the last one)', whole('a CPU number', 0))
    .option('--json', 'print as JSON, with every stall', false)
    .addHelpText('after', STALLS_EXAMPLES)
    .action(async (flags: StallsFlags) => {
      const options = {
        durationNs: flags.seconds ?? DEFAULT_NS,
        thresholdNs: flags.threshold ?? ('auto' as const),
        cpu: flags.cpu ?? ('auto' as const),
        json: flags.json,
      };
      const { stallsCommand } = await loadPart(import('./stalls.ts'));
      context.finish(await stallsCommand(options, context.terminal, context.untilInterrupted));
    });
}

const STALLS_EXAMPLES = `
Causes: steal (the hypervisor says so), run-queue (another task, or a quota),
blocked (stopped, or waiting), interrupt (no longer than this machine's
interrupts), unattributed (no counter explains it). Watching takes the whole
CPU. Ctrl-C ends it early and prints what was found.

Examples:
  guestmark stalls
  guestmark stalls --seconds 60 --cpu 3 --threshold 150us
  guestmark stalls --json | jq '.stalls[] | select(.cause == "unattributed")'`;
