import { describe, expect, it } from 'vitest';
import { hyperfineEvidence, isHyperfine } from '../../src/evidence/hyperfine-evidence.ts';

const FIGURES = { mean: 0.2, stddev: 0.1, median: 0.2, user: 0.1, system: 0, min: 0.1, max: 0.3 };

/** As hyperfine 1.x exports it. */
const one = (changes: object = {}): object => ({
  ...{ command: 'sleep 0.1', ...FIGURES, times: [0.1, 0.2, 0.3], exit_codes: [0, 0, 0] },
  ...changes,
});

/** As hyperfine 2.x has an execution. */
const measurement = (seconds: number, changes: object = {}): object => ({
  time_wall_clock: { value: seconds, unit: 'second' },
  time_user: { value: 1, unit: 'millisecond' },
  time_system: { value: 0.002, unit: 'second' },
  peak_memory_usage: { value: 1000, unit: 'byte' },
  exit_code: 0,
  ...changes,
});

const read = (value: object): ReturnType<typeof hyperfineEvidence> => hyperfineEvidence(value, 'h.json', 2);
const problemsOf = (result: object): unknown =>
  read({ results: [result, one({ command: 'x' })] }).cases[0]?.problems;

describe('isHyperfine()', () => {
  it('is true of results with commands and without a schema of ours', () => {
    expect(isHyperfine({ results: [one()] })).toBe(true);
    expect(isHyperfine({ schema: 'guestmark-report', results: [one()] })).toBe(false);
    expect(isHyperfine({ results: [{ id: 'copy' }] })).toBe(false);
    expect([null, 1, [], {}].map(isHyperfine)).toEqual([false, false, false, false]);
  });
});

describe('hyperfineEvidence()', () => {
  it('reads an export of version 1: every time is a run with one sample', () => {
    const { facts, cases } = read({ results: [one()] });
    expect(facts).toMatchObject({ producer: 'hyperfine', toolVersion: '1.x', path: 'h.json', settings: {} });
    expect(cases[0]).toMatchObject({ id: 'sleep 0.1', kind: 'latency', problems: [] });
    expect(cases[0]?.runs.map(({ report, run, times }) => [report, run, times])).toEqual(
      [1e8, 2e8, 3e8].map((ns, i) => [2, i + 1, { wallTime: Float64Array.of(ns) }]),
    );
    expect(cases[0]?.runs[0]?.correctedWall).toMatchObject({ reason: 'hyperfine does not tell it' });
  });

  it('reads an export of version 2 with its units and the CPU time of every execution', () => {
    const measurements = [
      measurement(0.1),
      measurement(0, { time_wall_clock: { value: 250, unit: 'millisecond' } }),
    ];
    const { facts, cases } = read({
      ...{ schema_version: 2, primary_metric: 'time_wall_clock' },
      results: [{ command: 'sleep 0.1', measurements }],
    });
    expect(facts.toolVersion).toBe('schema 2');
    const [first, second] = cases[0]?.runs ?? [];
    expect(first?.times.wallTime?.[0]).toBeCloseTo(1e8, 0);
    expect(first?.times.cpuTime?.[0]).toBeCloseTo(3e6, 0);
    expect(second?.wallMeanNs).toBeCloseTo(2.5e8, 0);
  });

  it('leaves out executions that failed', () => {
    const { cases } = read({ results: [one({ exit_codes: [0, 1, null] })] });
    expect(cases[0]?.runs.map(({ run }) => run)).toEqual([1]);
    expect(cases[0]?.problems).toEqual([
      '1 of 3 executions are left out: exit code 1',
      '1 of 3 executions are left out: ended without an exit code',
    ]);
    expect(read({ results: [one({ exit_codes: undefined })] }).cases[0]?.runs).toHaveLength(3);
  });

  it('has no runs where there are only a mean and a deviation', () => {
    const missing = ['its single times are missing, and a mean is no sample'];
    expect(problemsOf(one({ times: undefined }))).toEqual(missing);
    expect(problemsOf(one({ times: [] }))).toEqual(missing);
    expect(() => read({ results: [one({ times: undefined })] })).toThrow(
      'Cannot read hyperfine\'s export "h.json": it has no single times, only means and deviations',
    );
  });

  it('tells commands that occur twice by their parameters', () => {
    const results = [{ n: '1' }, { n: '2' }].map((parameters) => one({ parameters }));
    expect(read({ results }).cases.map(({ id }) => id)).toEqual(['sleep 0.1 (n = 1)', 'sleep 0.1 (n = 2)']);
    expect(read({ results: [one({ parameters: { n: '1' } })] }).cases[0]?.id).toBe('sleep 0.1');
  });

  it('names parameters that are no text or number by a question mark: they may be nested without end', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
    const commands = [{ n: deep }, { n: { value: { toString: 1 } } }, { n: { value: 2 } }].map((parameters) =>
      one({ parameters }),
    );
    expect(read({ schema_version: deep, results: commands }).cases.map(({ id }) => id)).toEqual([
      'sleep 0.1 (n = ?)',
      'sleep 0.1 (n = ?)',
      'sleep 0.1 (n = 2)',
    ]);
  });

  it('takes a time that grows with the number of commands', () => {
    const results = Array.from({ length: 40_000 }, (_, index) => one({ command: `${index}`, times: [1] }));
    const before = process.cpuUsage();
    expect(read({ results }).cases).toHaveLength(40_000);
    expect(process.cpuUsage(before).user).toBeLessThan(2e6);
  });

  it.each([
    ['no results', { results: [] }, 'it has no results'],
    [
      'a unit that cannot be written as text',
      {
        results: [
          {
            command: 'x',
            measurements: [
              {
                time_wall_clock: { value: 1, unit: JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) },
              },
            ],
          },
        ],
      },
      'results[0].measurements[0].time_wall_clock is no time',
    ],
    [
      'more times than anybody waited for',
      { results: [one({ times: Array(200_001).fill(1) })] },
      'it has more than 200000 single times',
    ],
    ['a command that is no text', { results: [one({ command: 7 })] }, 'results[0].command is no text'],
    ['a time that is none', { results: [one({ times: [0.1, '2'] })] }, 'results[0].times[1] is no time'],
    ['a negative time', { results: [one({ times: [-1] })] }, 'results[0].times[0] is no time'],
    [
      'a unit that is no time',
      { results: [{ command: 'x', measurements: [{ time_wall_clock: { value: 1, unit: 'toString' } }] }] },
      'results[0].measurements[0].time_wall_clock is no time',
    ],
  ])('refuses %s', (_, value, message) => {
    expect(() => read(value)).toThrow(message);
  });
});
