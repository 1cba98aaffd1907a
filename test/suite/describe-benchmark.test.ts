import { describe, expect, it } from 'vitest';
import { makeCase } from '../../src/suite/case-id.ts';
import { describeBenchmark } from '../../src/suite/describe-benchmark.ts';
import { benchmark } from './benchmarks.ts';

const rich = benchmark({
  axes: { n: [4, 8], k: [2] },
  suites: { quick: {}, full: { n: [16] } },
  category: 'patterns',
  explanation: { method: 'm', limit: 'l', verification: 'v' },
  needs: ['shaderFloat64'],
  bytes: ({ n }) => 8 * (n as number),
  buffers: {
    counter: { type: 'u32', elements: ({ n }) => n as number, fill: 'poison' },
    read: { type: 'f64', elements: () => 2, memory: 'download', fill: () => undefined },
    picture: {
      type: 'f32',
      elements: () => 16,
      image: { format: 'rgba32f', dimensions: '2d', extent: () => [2, 2, 1] },
    },
  },
  work: () => [
    { op: 'fill', buffer: 'counter', value: 0 },
    { op: 'dispatch', shader: 'increment', groups: [1, 1, 1] },
    { op: 'dispatch', shader: 'increment', groups: [1, 1, 1] },
    { op: 'copy', from: 'counter', to: 'read' },
  ],
});

describe('describeBenchmark()', () => {
  it('says what a benchmark says, and the defaults of what it does not', () => {
    expect(describeBenchmark(rich)).toMatchObject({
      name: 'count',
      category: 'patterns',
      explanation: { method: 'm' },
      needs: ['shaderFloat64'],
      suites: {
        quick: { axes: { n: [4, 8], k: [2] }, cases: 2 },
        full: { axes: { n: [16], k: [2] }, cases: 1 },
      },
      isOperation: false,
      itemName: 'items',
      showsItemTime: false,
      flopType: 'f32',
      fitsStartUp: null,
      verifies: 'all iterations',
      point: { available: false },
    });
    expect(describeBenchmark(benchmark())).toMatchObject({ category: null, explanation: null, needs: [] });
  });

  it('tells buffers, steps and amounts at a point', () => {
    expect(describeBenchmark(rich, makeCase(rich, { n: 8, k: 2 })).point).toEqual({
      available: true,
      value: {
        id: 'count[n=8,k=2]',
        axes: { n: 8, k: 2 },
        bytes: 64,
        flops: null,
        items: null,
        lastsNs: null,
        steps: ['fill counter', 'kernel increment', 'copy counter to read'],
        buffers: [
          {
            name: 'counter',
            type: 'u32',
            memory: 'device',
            usage: 'storage',
            elements: 8,
            bytes: 32,
            fill: 'poison',
            image: null,
          },
          expect.objectContaining({ name: 'read', bytes: 16, memory: 'download', fill: 'computed' }),
          expect.objectContaining({ name: 'picture', fill: 'zero', image: 'rgba32f 2 × 2 × 1' }),
        ],
      },
    });
  });

  it('passes on why a point makes no sense', () => {
    const wrong = benchmark({
      work: () => {
        throw new Error('no such size');
      },
    });
    expect(describeBenchmark(wrong, makeCase(wrong, { n: 4 })).point).toEqual({
      available: false,
      reason: expect.stringContaining('no such size'),
    });
  });
});
