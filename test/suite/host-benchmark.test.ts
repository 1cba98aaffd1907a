import { describe, expect, it } from 'vitest';
import { defineBenchmark } from '../../src/suite/benchmark.ts';
import { defineHostBenchmark, type HostBenchmark } from '../../src/suite/host-benchmark.ts';

const PARTS: HostBenchmark<'n'> = {
  name: 'call',
  summary: 'Calls something',
  category: 'host',
  axes: { n: [1, 2] },
  suites: { host: {} },
  operation: () => ({ calls: 1, run: () => undefined, verify: () => ({ ok: true, checked: 1 }) }),
};

describe('defineHostBenchmark()', () => {
  it('is a latency without buffers and steps, with what it says of itself', () => {
    const made = defineHostBenchmark(PARTS);
    expect(made).toMatchObject({
      name: 'call',
      kind: 'latency',
      category: 'host',
      buffers: {},
      axes: { n: [1, 2] },
    });
    expect(made.work({ n: 1 })).toEqual([]);
    expect(made.operation).toBe(PARTS.operation);
    expect(Object.isFrozen(made)).toBe(true);
  });

  it('is checked like every benchmark', () => {
    expect(() => defineHostBenchmark({ ...PARTS, name: 'Not A Name' })).toThrow(
      'Cannot define benchmark "Not A Name"',
    );
    expect(() => defineHostBenchmark({ ...PARTS, operation: 7 as never })).toThrow(
      'operation is no function',
    );
    const { operation: _, ...without } = PARTS;
    expect(() => defineHostBenchmark(without as never)).toThrow('operation is no function');
    expect(() => defineBenchmark({ ...defineHostBenchmark(PARTS), kind: 'throughput' })).toThrow(
      'an operation is no latency by its kind',
    );
  });
});
