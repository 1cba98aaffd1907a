// A command line of `guestmark run` that nobody has just typed: that of a report, or of a fleet's plan. Read as commander reads it at
// the start of the program.
import { Command } from 'commander';
import { addRunOptions, type RunFlags } from './run-flags.ts';

/** Selectors and flags. */
export interface RunLine {
  readonly selectors: readonly string[];
  readonly flags: RunFlags;
}

/**
 * Reads the words behind the verb.
 *
 * @throws CommanderError where they cannot be read.
 */
export function parseRunWords(words: readonly string[]): RunLine {
  const command = addRunOptions(new Command('run'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  command.parse(words, { from: 'user' });
  return { selectors: command.args, flags: command.opts() };
}
