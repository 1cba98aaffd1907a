// The options of `guestmark clocks` with their examples, as commander sees them. Turns strings into checked
// values; what the verb does is in clocks.ts.
import { type Command, InvalidArgumentError } from 'commander';
import { loadPart } from '../base/load-part.ts';
import type { PinChoice } from '../timing/pinning.ts';
import { pinChoice } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface ClocksFlags {
  seconds: number;
  pin: PinChoice;
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
    .option(
      '--pin <cpu>',
      'bind the measuring thread to a CPU: a number, auto (the quietest) or none',
      pinChoice,
      'none',
    )
    .option('--json', 'print as JSON', false)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ClocksFlags) => {
      const { clocksCommand } = await loadPart(import('./clocks.ts'));
      context.finish(
        await clocksCommand(
          { spanNs: flags.seconds * 1e9, pin: flags.pin, json: flags.json },
          context.terminal,
          context.untilInterrupted,
        ),
      );
    });
}

const MOST_SECONDS = 3600;

function seconds(text: string): number {
  const value = Number(text);
  if (/^(\d+(?:\.\d*)?|\.\d+)$/.test(text) && value > 0 && value <= MOST_SECONDS) return value;
  throw new InvalidArgumentError(`It is not a number of seconds above 0 and up to ${MOST_SECONDS}`);
}

const EXAMPLES = `
Sources take about 0.7 s and null windows 2 s: less than that is not saved by
fewer --seconds. Ctrl-C ends a longer comparison early and prints what is known.

Examples:
  guestmark clocks
  guestmark clocks --pin auto
  guestmark clocks --seconds 60           drift known to a few parts per billion
  guestmark clocks --json | jq .verdict.tier`;
