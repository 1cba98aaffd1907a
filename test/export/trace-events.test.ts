import { describe, expect, it } from 'vitest';
import { knownArgs, microseconds } from '../../src/export/trace-events.ts';
import { traceProblems } from './validate-trace.ts';

it('microseconds() keeps nanoseconds and three digits below', () => {
  expect([0, 1, 1234.5678, 11_476_213_413].map(microseconds)).toEqual([0, 0.001, 1.234568, 11_476_213.413]);
  // A hundred days are beyond the picoseconds that a number can hold.
  expect(microseconds(8.64e15 + 1)).toBe(8.64e12 + 0.001);
  expect(Number.isFinite(microseconds(1e308))).toBe(true);
});

it('knownArgs() leaves out what is not known', () => {
  const values = { a: 0, b: null, c: undefined, d: Number.NaN, e: Number.POSITIVE_INFINITY, f: '', g: false };
  expect(knownArgs(values)).toEqual({ a: 0, f: '', g: false });
});

describe('the validator of traces', () => {
  const slice = { ph: 'X', name: 'a', cat: 'c', pid: 1, tid: 1, ts: 0, dur: 10 };
  const names = [
    { ph: 'M', name: 'process_name', pid: 1, tid: 0, args: { name: 'p' } },
    { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 't' } },
  ];
  const flow = { ph: 's', cat: 'c', name: 'n', id: 1, pid: 1, tid: 1, ts: 5 };
  const end = { ...flow, ph: 'f', bp: 'e', ts: 6 };
  const check = (...events: readonly object[]): readonly string[] =>
    traceProblems(JSON.stringify({ displayTimeUnit: 'ns', traceEvents: [...names, ...events] }));

  it('accepts what is right', () => {
    expect(check(slice, { ...slice, ts: 2, dur: 8 }, { ...slice, ts: 10, dur: 1 }, flow, end)).toEqual([]);
    expect(check({ ...slice, ph: 'B' }, { ...slice, ph: 'E' })).toEqual([]);
  });

  it.each([
    ['is no phase', { ...slice, ph: 'Z' }],
    ['has no name', { ...slice, name: undefined }],
    ['has no pid', { ...slice, pid: 'p' }],
    ['has no tid', { ...slice, tid: undefined }],
    ['has no time', { ...slice, ts: -1 }],
    ['has no time', { ...slice, ts: null }],
    ['has no duration', { ...slice, dur: Number.NaN }],
    ['has no numbers', { ph: 'C', name: 'c', pid: 1, ts: 0, args: { a: null } }],
    ['has no numbers', { ph: 'C', name: 'c', pid: 1, ts: 0 }],
    ['do not nest', slice, { ...slice, ts: 5, dur: 6 }],
    ['goes back to', { ...slice, ph: 'B', ts: 5 }, { ...slice, ph: 'E', ts: 4 }],
    ['B without E', { ...slice, ph: 'B' }],
    ['E without B', { ...slice, ph: 'E' }],
    ['is no s with one f', slice, flow],
    ['is no s with one f', slice, flow, end, end],
    ['is no s with one f', slice, end, flow],
    ['goes back in time', slice, { ...flow, ts: 7 }, end],
    ['bound to the next slice', slice, flow, { ...end, bp: undefined }],
    ['is in no slice', slice, flow, { ...end, ts: 11 }],
    ['process 2 has no name', { ...slice, pid: 2 }],
    ['thread 1/3 has no name', { ...slice, tid: 3 }],
  ])('finds: %s', (problem, ...events) => {
    expect(check(...(events as object[])).join('; ')).toContain(problem);
  });
});
