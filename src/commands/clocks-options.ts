// The options of `guestmark clocks` with their examples, as commander sees them. Turns strings into checked
// values; what the verb does is in clocks.ts.
import { type Command, InvalidArgumentError } from 'commander';
import { clocksCommand } from './clocks.ts';
import type { ProgramContext } from './shared-options.ts';

interface ClocksFlags {
  seconds: number;
  json: boolean;
}

/** `guestmark clocks`. */
export function addClocks(program: Command, context: ProgramContext): void {
  program
    .command('clocks')
    .description(
      'Measure every clock of this machine: cost, resolution, error, drift; and the tier of the ledger',
    )
    .option('--seconds <number>', 'compare clocks with each other over at least so long', seconds, 3)
    .option('--json', 'print as JSON', false)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ClocksFlags) => {
      context.finish(
        await clocksCommand({ spanNs: flags.seconds * 1e9, json: flags.json }, context.terminal),
      );
    });
}

const MOST_SECONDS = 3600;

function seconds(text: string): number {
  const value = Number(text);
  if (/^(\d+\.?\d*|\.\d+)$/.test(text) && value > 0 && value <= MOST_SECONDS) return value;
  throw new InvalidArgumentError(`It is not a number of seconds above 0 and up to ${MOST_SECONDS}`);
}

const EXAMPLES = `
Sources take about 0.7 s and null windows 2 s: less than that is not saved by fewer --seconds.

Examples:
  guestmark clocks
  guestmark clocks --seconds 60                 a drift that is known to a few parts per billion
  guestmark clocks --json | jq .verdict.tier`;
