import { describe, expect, it } from 'vitest';
import { benchmarkProblem } from '../../src/suite/benchmark-problem.ts';
import { benchmark } from './benchmarks.ts';

const problem = (parts: object): string | null =>
  benchmarkProblem({ ...benchmark(), ...parts }, ['quick', 'standard']);
const image = (parts: object, others: object = {}): object =>
  buffer({ image: { format: 'rgba8', dimensions: '2d', extent: () => [4, 4, 1], ...parts }, ...others });
const buffer = (parts: object): object => ({ buffers: { x: { type: 'u32', elements: () => 1, ...parts } } });

describe('benchmarkProblem()', () => {
  it.each([
    ['a whole benchmark', {}],
    ['optional functions', { requires: () => null, bytes: () => 1 }],
    ['a suite with values of its own', { suites: { quick: { n: [1, 2] }, standard: undefined } }],
    ['buffers of every form', buffer({ memory: 'upload', fill: 'random' })],
    ['a buffer that a function fills', buffer({ fill: () => undefined })],
    ['a guarded uniform buffer', buffer({ usage: 'uniform', guardBytes: 64 })],
    ['an image', image({})],
    ['an output that must repeat', { verifies: 'one iteration', repeatable: ['counter'] }],
    ['a reference', { reference: () => [] }],
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
    ['type of buffer "x" is none of f32, u32, i32, f64, u16', buffer({ type: 'f16' })],
    ['usage of buffer "x" is none of storage, uniform', buffer({ usage: 'texel' })],
    ['guardBytes of buffer "x" is no whole number', buffer({ guardBytes: '64' })],
    ['guardBytes of buffer "x" is no whole number', buffer({ guardBytes: -4 })],
    ['image "x" is no object', buffer({ image: 'rgba8' })],
    ['format of image "x" is no name', image({ format: 37 })],
    ['dimensions of image "x" is none of 1d, 2d, 3d', image({ dimensions: 'cube' })],
    ['extent of image "x" is no function', image({ extent: [4, 4, 1] })],
    ['image "x" has usage, which only buffers have', image({}, { usage: 'uniform' })],
    ['image "x" has guardBytes, which only buffers have', image({}, { guardBytes: 64 })],
    ['verifies is none of all iterations, one iteration', { verifies: 'twice' }],
    ['reference is no function', { reference: [] }],
    ['repeatable is no list of buffers', { repeatable: 'counter' }],
    ['repeatable names "y", which is not declared', { repeatable: ['y'] }],
    ['verifies is not "one iteration"', { repeatable: ['counter'] }],
    ['elements of buffer "x" is no function', buffer({ elements: 4 })],
    ['memory of buffer "x" is none of device, upload, download', buffer({ memory: 'gpu' })],
    ['fill of buffer "x" is none of zero, random, poison and no function', buffer({ fill: 'ones' })],
  ])('finds that %s', (found, parts) => {
    expect(problem(parts)).toContain(found);
  });

  it.each([1, null, undefined, [], class Mine {}])('finds that %s is no object', (value) => {
    expect(benchmarkProblem(value, [])).toBe('it is no object');
  });
});
