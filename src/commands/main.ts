// The command line: the only place that knows argv and exit codes. Loaded by src/cli.ts, and runs when it is.
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { escapeControls } from '../report/display-width.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { untilInterrupted } from './interruption.ts';
import { processTerminal } from './terminal.ts';
import { usageMessage } from './usage-message.ts';
import { loadVerbs } from './verbs.ts';

const HELP = `
Examples:
  guestmark run                        the quick suite on the best device
  guestmark run 'copy[n=16Mi]' sgemm*  these cases only
  guestmark init my-kernel             writes a shader to start from
  guestmark run my.comp                any shader of your own
  guestmark check my.comp              what would be run, and why so
  guestmark compare a/ --with b/       faster, slower, same or unclear, and why
  guestmark report a/ --with b/        the same as one page of HTML
  guestmark history reports/           how cases went over time
  guestmark export csv report.json     a format of other programs
  guestmark fleet slurm f1 --count 8   the same on many machines
  guestmark time -- make -j2           any program, with the steal that hit it
  guestmark devices                    what Vulkan offers here
  guestmark system                     which hypervisor, how the GPU comes in
  guestmark counters                   what this machine counts, and what not
  guestmark list --suite standard      the benchmarks and their axes
  guestmark clocks                     what the clocks cost and can tell
  guestmark stalls                     when and why a CPU stood still

Exit codes: 0 all measured and verified, 1 something failed, 2 wrong usage,
3 the machine lacks something (a Vulkan device, koffi, an address), 4 the report
or standard output cannot be written, 70 a defect of guestmark, 130 interrupted
(what was measured is kept). guestmark time exits as its program does.`;

const terminal = processTerminal();

// A reader that closes the pipe (`| head`) has seen enough: what was measured still decides the exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  terminal.note(`guestmark: Cannot write to standard output: ${error.message}`);
  process.exit(EXIT.output);
});
// Without standard error there is nobody to tell; the exit code still does.
process.stderr.on('error', () => undefined);

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const program = new Command('guestmark')
  .description('Vulkan compute benchmarks with GPU timestamps beside a steal-adjusted wall clock')
  .version(version)
  .configureOutput({ outputError: (text, write) => write(escapeControls(usageMessage(text), false)) })
  // The longest verb leaves 38 of 80 columns; commander gives up at 40.
  .configureHelp({ minWidthToWrap: 30 })
  .exitOverride()
  .addHelpText('after', HELP);
const context = {
  terminal,
  untilInterrupted: () => untilInterrupted(terminal),
  argv: process.argv.slice(2),
  finish,
};
function finish(code: number): void {
  process.exitCode = code;
}

// Node gives up in silence where what is awaited can never end, as the top-level await of a module may not.
let isSettled = false;
process.on('exit', (code) => {
  if (isSettled || (code !== 0 && code !== 13)) return;
  terminal.note(
    'guestmark: Cannot go on: something that is awaited never ends; look at the modules of --module',
  );
  process.exitCode = EXIT.usage;
});

try {
  for (const addVerb of await loadVerbs(process.argv[2])) addVerb(program, context);
  await program.parseAsync();
} catch (error) {
  terminal.clearProgress();
  process.exitCode = error instanceof CommanderError ? commanderExit(error) : failure(error);
}
isSettled = true;

/** Commander has printed its message already; help and version are no errors. */
function commanderExit(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}

function failure(error: unknown): number {
  terminal.note(`guestmark: ${describeError(error)}`);
  if (!(error instanceof GuestmarkError) && error instanceof Error) terminal.note(error.stack ?? '');
  return exitCodeOf(error);
}
