import { describe, expect, it } from 'vitest';
import { benchmarkProblem } from '../../src/suite/benchmark-problem.ts';
import { benchmark } from './benchmarks.ts';

const problem = (parts: object): string | null =>
  benchmarkProblem({ ...benchmark(), ...parts }, ['quick', 'standard']);
const buffer = (parts: object): object => ({ buffers: { x: { type: 'u32', elements: () => 1, ...parts } } });

describe('benchmarkProblem()', () => {
  it.each([
    ['a whole benchmark', {}],
    ['optional functions', { requires: () => null, bytes: () => 1 }],
    ['a suite with values of its own', { suites: { quick: { n: [1, 2] }, standard: undefined } }],
    ['buffers of every form', buffer({ memory: 'upload', fill: 'random' })],
    ['a buffer that a function fills', buffer({ fill: () => undefined })],
  ])('finds none in %s', (_, parts) => {
    expect(problem(parts)).toBe(null);
  });

  it.each([
    ['summary, work is missing', { summary: 1, work: [] }],
    ['axes, suites, buffers is missing', { axes: null, suites: [], buffers: 3 }],
    ['kind "fast" is none of throughput, latency', { kind: 'fast' }],
    ['requires is no function', { requires: 'n is even' }],
    ['bytes is no function', { bytes: 4 }],
    ['axis n has no list of values', { axes: { n: 4 } }],
    ['axis n has no list of values', { axes: { n: [] } }],
    ['axis n has a value that is no finite number: NaN', { axes: { n: [1, Number.NaN] } }],
    ['axis n has a value that is no finite number: 4', { axes: { n: ['4'] } }],
    ['axis n has the value 8 twice', { axes: { n: [8, 4, 8] } }],
    ['suite "fast" is none of quick, standard', { suites: { fast: {} } }],
    ['suite quick is no object of axis values', { suites: { quick: null } }],
    ['suite quick sets the axis "m", which is not declared', { suites: { quick: { m: [1] } } }],
    ['suite quick sets the axis "toString", which', { suites: { quick: { toString: [1] } } }],
    ['axis n of suite quick has no list of values', { suites: { quick: { n: 5 } } }],
    ['axis n of suite quick has a value that is no finite', { suites: { quick: { n: [Number.NaN] } } }],
    ['axis n of suite quick has the value 1 twice', { suites: { quick: { n: [1, 1] } } }],
    ['buffer "x" is no object', { buffers: { x: null } }],
    ['type of buffer "x" is none of f32, u32, i32', buffer({ type: 'f64' })],
    ['elements of buffer "x" is no function', buffer({ elements: 4 })],
    ['memory of buffer "x" is none of device, upload, download', buffer({ memory: 'gpu' })],
    ['fill of buffer "x" is none of zero, random and no function', buffer({ fill: 'ones' })],
  ])('finds that %s', (found, parts) => {
    expect(problem(parts)).toContain(found);
  });

  it.each([1, null, undefined, [], class Mine {}])('finds that %s is no object', (value) => {
    expect(benchmarkProblem(value, [])).toBe('it is no object');
  });
});
