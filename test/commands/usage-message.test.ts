import { expect, it } from 'vitest';
import { usageMessage } from '../../src/commands/usage-message.ts';

it.each([
  [
    "error: option '--runs <count>' argument 'x' is invalid. It is not a whole number\n",
    'Cannot read --runs "x": it is not a whole number',
  ],
  [
    "error: option '--wait <mode>' argument '' is invalid. Allowed choices are auto, spin, block.\n",
    'Cannot read --wait "": allowed choices are auto, spin, block',
  ],
  [
    "error: command-argument value 'x.json' is invalid for argument 'format'. Allowed choices are trace, csv.\n",
    'Cannot read the format "x.json": allowed choices are trace, csv',
  ],
  [
    "error: missing required argument 'command'",
    "Cannot read the command line: missing required argument 'command'",
  ],
  [
    "error: unknown option '--rins'\n(Did you mean --runs?)\n",
    "Cannot read the command line: unknown option '--rins' (Did you mean --runs?)",
  ],
  [
    "error: too many arguments for 'clocks'. Expected 0 arguments but got 1.\n",
    "Cannot read the command line: too many arguments for 'clocks', expected 0 arguments but got 1",
  ],
])('usageMessage() says %j in the words of this program', (text, message) => {
  expect(usageMessage(text)).toBe(`guestmark: ${message}; --help lists the options\n`);
});
