// Hostile input for every parser, from a fixed seed: few of the inputs of docs/measurements/reliability/fuzz.mjs, the same code.
// A failure prints target and index; `fuzz.mjs --target NAME --seed 9 --only INDEX` prints the input.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ErrorDetails } from '../../src/base/errors.ts';
import { ROOT } from '../structure/project-files.ts';

const run = promisify(execFile);
const SCRIPT = 'docs/measurements/reliability/fuzz.mjs';
const SEED = '9';

interface Summary {
  readonly inputs: number;
  readonly defects: number;
  readonly targets: readonly {
    readonly name: string;
    readonly inputs: number;
    readonly accepted: number;
    readonly refused: number;
    readonly defects: readonly { readonly index: number; readonly message: string }[];
  }[];
}

/** What the script prints, whether it found anything or not. */
async function fuzz(...args: readonly string[]): Promise<string> {
  const options = { cwd: ROOT, maxBuffer: 2 ** 26 };
  const { stdout } = await run(process.execPath, [SCRIPT, '--seed', SEED, ...args], options).catch(
    (error: { stdout: string }) => error,
  );
  return stdout;
}

describe('hostile input', () => {
  it('is read, or refused with a reason that can be shown, by every parser', async () => {
    const { inputs, targets } = JSON.parse(await fuzz('--together', '--each', '40')) as Summary;
    expect(targets.flatMap(({ name, defects }) => defects.map((one) => ({ name, ...one })))).toEqual([]);
    expect(targets).toHaveLength(18);
    expect(inputs).toBe(18 * 40);
    // Otherwise nothing was tried but refusals, or nothing hostile.
    expect(targets.filter(({ accepted }) => accepted > 0).length).toBeGreaterThan(10);
    expect(targets.filter(({ refused }) => refused > 0).length).toBeGreaterThan(10);
  }, 180_000);

  it('is made again from target, seed and index', async () => {
    const [first, again, other] = await Promise.all(
      ['5', '5', '6'].map((index) => fuzz('--target', 'suite-json', '--only', index)),
    );
    expect(first).toMatch(/shaders/);
    expect([again === first, other === first]).toEqual([true, false]);
  });
});

interface Oracle {
  readonly requireRefusal: (error: unknown) => void;
  readonly requireTable: (text: string) => void;
  readonly requirePlain: (value: unknown) => void;
  readonly requireUnpolluted: () => void;
}

type Errors = typeof import('../../src/base/errors.ts');

/** Of the build, as what is fuzzed: the class of the sources is another one. */
async function refusal(message: string, details: ErrorDetails = {}): Promise<Error> {
  const { GuestmarkError } = (await import(join(ROOT, 'dist/base/errors.js'))) as Errors;
  return new GuestmarkError('usage', message, details);
}

describe('what judges the answers', () => {
  const loaded = import(join(ROOT, 'docs/measurements/reliability/fuzz/oracle.mjs')) as Promise<Oracle>;

  it.each<[string, Error | Promise<Error>]>([
    ['an error that nobody foresaw', new TypeError('x is not a function')],
    ['a message that steers a terminal', refusal('Cannot read "\u001b[2J"')],
    ['a message of two lines', refusal('Cannot read\nit')],
    ['a hint that steers a terminal', refusal('Cannot read it', { hint: '\u009b2J' })],
    ['a message without end', refusal('x'.repeat(2000))],
  ])('refuses %s', async (_, error) => {
    const { requireRefusal } = await loaded;
    const [wrong, right] = [await error, await refusal('Cannot read it: no')];
    expect(() => requireRefusal(wrong)).toThrow();
    expect(() => requireRefusal(right)).not.toThrow();
  });

  it('refuses tables with control characters, numbers that are none, and polluted prototypes', async () => {
    const { requireTable, requirePlain, requireUnpolluted } = await loaded;
    expect(() => requireTable('a\n\u001b[2J')).toThrow();
    expect(() => requirePlain([{ a: Number.NaN }])).toThrow();
    expect(requireUnpolluted).not.toThrow();
    Object.defineProperty(Object.prototype, 'polluted', { value: 1, configurable: true });
    try {
      expect(requireUnpolluted).toThrow();
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  });
});
