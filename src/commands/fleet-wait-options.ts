// The options of waiting for a fleet, the same for `fleet wait` and `fleet slurm --submit`.
import type { Command } from 'commander';
import type { WaitOptions } from './fleet-wait.ts';
import { duration } from './option-values.ts';

/** What commander reads. */
export interface WaitFlags {
  json: boolean;
  poll?: number;
  waitLimit?: number;
  stuckLimit?: number;
  cancelStuck: boolean;
}

const POLL_NS = 15e9;
const STUCK_NS = 60e9;

/** Adds them. */
export function addWaitOptions(command: Command): Command {
  return command
    .option('--poll <duration>', 'longest time between two looks (default: 15s)', duration)
    .option('--wait-limit <duration>', 'wait no longer; the fleet goes on', duration)
    .option(
      '--stuck-limit <duration>',
      'wait no longer for tasks that cannot start, as their node is drained (default: 60s)',
      duration,
    )
    .option('--cancel-stuck', 'then take them out of the queue', false)
    .option('--json', 'print what became of the tasks as JSON', false);
}

/** From the flags to the options. */
export function waitOptions(flags: WaitFlags): WaitOptions {
  const { json, poll: pollNs = POLL_NS, stuckLimit: stuckLimitNs = STUCK_NS, cancelStuck } = flags;
  return { json, pollNs, stuckLimitNs, cancelStuck, waitLimitNs: flags.waitLimit ?? null };
}
