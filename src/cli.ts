#!/usr/bin/env node
// The command line: the only place that knows argv, exit codes and signals.
import { createRequire } from 'node:module';
import { Command, CommanderError } from 'commander';
import { describeError, GuestmarkError } from './base/errors.ts';
import { EXIT, exitCodeOf } from './commands/exit-codes.ts';
import { addDevices, addList, addRun, addSetup } from './commands/program.ts';
import { processTerminal } from './commands/terminal.ts';

const terminal = processTerminal();
const interruption = new AbortController();

/** npm passes on a Ctrl-C that the terminal has sent already: two so close together are one. */
const ONE_KEY_PRESS_MS = 500;
let firstSignalMs = 0;

/** First Ctrl-C: stop measuring, keep what there is. Second: leave at once. */
function onSignal(name: NodeJS.Signals): void {
  if (interruption.signal.aborted) {
    if (performance.now() - firstSignalMs > ONE_KEY_PRESS_MS) process.exit(EXIT.interrupted);
    return;
  }
  firstSignalMs = performance.now();
  interruption.abort(new GuestmarkError('interrupted', `by ${name}`));
  terminal.clearProgress();
  terminal.note('Stopping after the current sample; once more ends at once.');
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
// A reader that closes the pipe (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
});

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
const program = new Command('guestmark')
  .description('Vulkan compute benchmarks with GPU timestamps beside a steal-adjusted wall clock')
  .version(version)
  .showHelpAfterError('(--help lists the options)')
  .exitOverride()
  .addHelpText('after', EXAMPLES());
const context = { terminal, signal: interruption.signal, argv: process.argv.slice(2), finish };
for (const add of [addRun, addDevices, addList, addSetup]) add(program, context);

function finish(code: number): void {
  process.exitCode = code;
}

try {
  await program.parseAsync();
} catch (error) {
  terminal.clearProgress();
  process.exitCode = error instanceof CommanderError ? commanderExit(error) : failure(error);
}

/** Commander has printed its message already; help and version are no errors. */
function commanderExit(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}

function failure(error: unknown): number {
  terminal.note(`guestmark: ${describeError(error)}`);
  if (!(error instanceof GuestmarkError) && error instanceof Error) terminal.note(error.stack ?? '');
  return exitCodeOf(error);
}

function EXAMPLES(): string {
  return `
Examples:
  guestmark run                          the quick suite on the best device
  guestmark run 'copy[n=16Mi]' sgemm*    these cases only
  guestmark devices                      what Vulkan offers here
  guestmark list --suite standard        the benchmarks and their axes

Exit codes: 0 all measured and verified, 1 something failed, 2 wrong usage, 3 no Vulkan loader,
driver or device, 4 the report cannot be written, 130 interrupted (the report is kept).`;
}
