// The verb `time` with its options and examples, as commander sees them. What it does is in time.ts.
import { type Command, InvalidArgumentError } from 'commander';
import { loadPart } from '../base/load-part.ts';
import type { PinChoice } from '../timing/pinning.ts';
import { pinChoice } from './option-values.ts';
import type { ProgramContext } from './shared-options.ts';

interface TimeFlags {
  runs: number;
  warmup: number;
  pin: PinChoice;
  showOutput: boolean;
  ignoreFailure: boolean;
  json: boolean;
  out?: string;
}

/** `guestmark time`. */
export function addTime(program: Command, context: ProgramContext): void {
  // What stands behind the program's name is the program's own.
  program.enablePositionalOptions();
  program
    .command('time')
    .description('Run any program and tell where its time went, with the steal that hit it')
    .usage('[options] -- command [argument...]')
    .argument('<command...>', 'the program and its arguments; no shell is involved')
    .passThroughOptions()
    .option('--runs <count>', 'how often to run it', wholeFrom(1), 1)
    .option('--warmup <count>', 'runs before, which are not reported', wholeFrom(0), 0)
    .option('--pin <cpu>', 'bind it to one CPU: auto (the quietest), its number, or none', pinChoice, 'none')
    .option('--show-output', "show the program's output when it runs repeatedly", false)
    .option('-i, --ignore-failure', 'go on when a run fails, and exit with 0', false)
    .option('--json', 'print the report to standard output instead of the table', false)
    .option('--out <file>', 'also write the report to a file')
    .addHelpText('after', TIME_HELP)
    .action(async (argv: string[], flags: TimeFlags) => {
      const options = { ...flags, argv, out: flags.out ?? null };
      const { timeCommand } = await loadPart(import('./time.ts'));
      context.finish(await timeCommand(options, context.terminal));
    });
}

function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,6}$/.test(text) && value >= least) return value;
    throw new InvalidArgumentError(`It is not a whole number from ${least} to 999999`);
  };
}

const TIME_HELP = `
One run shows the program's output and reads standard input; repeated runs hide
the one and get none of the other. The table goes to standard error; with --json
the report has standard output for itself, and the program's goes to standard
error. Exit code: the program's, 128+N after signal N, 127 where there is no
such program, 126 where it cannot be executed, 130 where Ctrl-C ended repeated
runs.

Examples:
  guestmark time -- make -j2
  guestmark time --runs 10 --warmup 2 -- ./solver input.dat
  guestmark time -- sh -c 'sort big.txt | uniq -c > counts.txt'
  guestmark time --runs 20 --pin 1 --json -- ./bench > bench.json`;
