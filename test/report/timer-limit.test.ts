import { describe, expect, it } from 'vitest';
import { timerLimit } from '../../src/report/timer-limit.ts';
import { around } from './sample-report.ts';

const run = (values: readonly number[]): readonly Float64Array[] => [Float64Array.from(values)];

describe('timerLimit()', () => {
  it('finds a submission of fewer than ten ticks', () => {
    expect(timerLimit(run([320, 320, 360]), 40)).toBe('a submission takes 320 ns, 8 ticks of 40.0 ns');
  });

  it('finds a counter that is updated more rarely than it ticks', () => {
    expect(timerLimit(run([1024, 1024, 1024, 2048, 1024, 1024]), 1)).toContain(
      'the next value is 1.02 µs away',
    );
  });

  it('finds a time of 0', () => {
    expect(timerLimit(run([0, 0, 0]), 1)).toContain('0 ticks');
  });

  it('has nothing against times that differ, nor against equal ones that are long', () => {
    expect(timerLimit(run(around(4e6, 30)), 1)).toBeNull();
    expect(timerLimit(run(Array(30).fill(4e6)), 1)).toBeNull();
  });

  it('has nothing to say without device times, and no tick to compare with without a device', () => {
    expect(timerLimit(run([]), 1)).toBeNull();
    expect(timerLimit(run(around(300, 30)), null)).toBeNull();
  });
});
