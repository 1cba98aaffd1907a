import { describe, expect, it } from 'vitest';
import { iterationsFor } from '../../src/suite/calibrate-iterations.ts';

describe('iterationsFor()', () => {
  it('repeats short work until a sample lasts about four milliseconds', () => {
    expect(iterationsFor('throughput', 10_000)).toBe(400);
  });

  it('leaves long work alone', () => {
    expect(iterationsFor('throughput', 50e6)).toBe(1);
  });

  it('never repeats a latency benchmark', () => {
    expect(iterationsFor('latency', 10_000)).toBe(1);
  });

  it('stays below its limit for work that the clock cannot tell from nothing', () => {
    expect(iterationsFor('throughput', 0)).toBe(4096);
    expect(iterationsFor('throughput', 1)).toBe(4096);
  });
});
