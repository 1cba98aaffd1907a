import { describe, expect, it } from 'vitest';
import { continuedOptions, type TypedLine } from '../../src/commands/earlier-command.ts';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { runOptions } from '../../src/commands/run-options.ts';
import type { CommandRecord } from '../../src/report/report.ts';

const ARGV = [
  'run',
  'copy',
  'triad',
  '--runs',
  '4',
  '--max-time',
  '5ms',
  '--device',
  'llvm',
  '--out',
  'r.json',
];

/** What `guestmark run --out r.json --resume` with more flags is. */
function typed(given: Partial<RunFlags> = {}, selectors: readonly string[] = []): TypedLine {
  const flags = { suite: 'quick', out: 'r.json', resume: true, json: false, ...given } as RunFlags;
  return { argv: [], selectors, flags, given: { out: 'r.json', resume: true, ...given } };
}

/** As `guestmark run` records the command line. */
function record(argv: readonly string[]): CommandRecord {
  const unchecked = { argv, selectors: [] } as unknown as CommandRecord;
  const options = continuedOptions({ argv } as unknown as CommandRecord, typed(), 'r.json');
  const { out: _, json: __, modules: ___, thresholds, external, cautions, shaders, ...command } = options;
  expect([thresholds, external, cautions, shaders.define]).toEqual([[], null, [], undefined]);
  return { ...unchecked, ...command };
}

const COMMAND = record(ARGV);
const again = (given: Partial<RunFlags> = {}, selectors: readonly string[] = []) =>
  continuedOptions(COMMAND, typed(given, selectors), 'r.json');

describe('continuedOptions()', () => {
  it('takes everything from the report', () => {
    expect(again()).toMatchObject({
      ...COMMAND,
      argv: ARGV,
      selectors: ['copy', 'triad'],
      runs: 4,
      maxTimeNs: 5e6,
      minTimeNs: 5e6,
      device: 'llvm',
    });
  });

  it('takes the same once more, and what a default stood for', () => {
    expect(again({ runs: 4, seed: 1, minTime: 5e6, suite: 'quick' }, ['copy', 'triad']).runs).toBe(4);
  });

  it('lets the output be another', () => {
    expect(again({ json: true, out: 'other.json' })).toMatchObject({ json: true, out: 'other.json' });
  });

  it.each<[string, Partial<RunFlags>, readonly string[]]>([
    ['--runs is 5 and was 4', { runs: 5 }, []],
    ['--max-time is 6.00 ms and was 5.00 ms', { maxTime: 6e6 }, []],
    ['--device is nvidia and was llvm', { device: 'nvidia' }, []],
    ['--queue-family is 1 and was not given', { queueFamily: 1 }, []],
    ['--robust is true and was false', { robust: true }, []],
    ['--axis is {"n":[4]} and was not given', { axis: { n: [4] } }, []],
    ['it was begun with copy triad and not with copy', {}, ['copy']],
  ])('refuses another one: %s', (state, given, selectors) => {
    expect(() => again(given, selectors)).toThrow(`Cannot resume r.json: ${state}`);
  });

  it('refuses a report whose command line says something else than its options', () => {
    expect(() => continuedOptions({ ...COMMAND, seed: 7 }, typed(), 'r.json')).toThrow(
      'Cannot resume r.json: its command line means seed 1 here, and it says 7',
    );
  });

  it.each([
    [[], 'it does not say by which command line it was begun'],
    [['time', '--', 'ls'], 'it does not say by which command line it was begun'],
    [['run', '--runs', 'x'], 'its command line cannot be read any more: option'],
    [['run', '--unheard-of'], "its command line cannot be read any more: unknown option '--unheard-of'"],
  ])('refuses the command line %j', (argv, state) => {
    expect(() => continuedOptions({ ...COMMAND, argv }, typed(), 'r.json')).toThrow(state);
  });

  it('asks for the same defaults as a command that begins', () => {
    const { argv: _, ...options } = runOptions(['copy'], { ...typed().flags, ledger: 'on' } as RunFlags, []);
    expect(options).toMatchObject({ runs: 3, minTimeNs: 80e6, maxTimeNs: 150e6 });
  });
});
