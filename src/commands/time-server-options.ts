// The verb `guestmark time-server` with its options and examples, as commander sees it; what it does is in
// time-server.ts.
import { type Command, InvalidArgumentError } from 'commander';
import { loadPart } from '../base/load-part.ts';
import { DEFAULT_LIMITS } from '../external/rate-limit.ts';
import type { ProgramContext } from './shared-options.ts';
import type { TimeServerFlags } from './time-server.ts';

/** `guestmark time-server`. */
export function addTimeServer(program: Command, context: ProgramContext): void {
  program
    .command('time-server')
    .description('Give out the time of this machine over UDP, so that a guest can check its own clock by it')
    .option('--bind <address>', 'IP address to listen on', '127.0.0.1')
    .option('--port <number>', 'UDP port (default: the system chooses one)', numberBetween(0, 65_535))
    .option(
      '--key-file <file>',
      'answer only who has the key in this file (default: that of GUESTMARK_TIME_KEY, if it is set)',
    )
    .option(
      '--rate <number>',
      'answers a second to one source',
      numberBetween(1, 1_000_000),
      DEFAULT_LIMITS.perSource,
    )
    .option('--json', 'print one line of JSON when it listens, and one at the end', false)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: TimeServerFlags) => {
      const { timeServerCommand } = await loadPart(import('./time-server.ts'));
      context.finish(await timeServerCommand(flags, context.terminal));
    });
}

function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is not a whole number from ${least} to ${most}`);
  };
}

const EXAMPLES = `
It runs until Ctrl-C. Point guestmark run --external-clock at it.

Examples:
  guestmark time-server                     for a trial on one machine
  guestmark time-server --bind 192.168.122.1 --port 4123 --key-file time.key
  guestmark time-server --json | jq --unbuffered .port`;
