import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { callBenchmark } from '../../src/suite/call-benchmark.ts';

describe('callBenchmark()', () => {
  it('gives what the function gives', () => {
    expect(callBenchmark('mine', 'bytes()', () => 3)).toBe(3);
  });

  it('says which case and which function failed, and keeps the cause', () => {
    const cause = new RangeError('Invalid typed array length');
    const call = (): never => {
      throw cause;
    };
    expect(() => callBenchmark('mine[n=1]', 'work()', call)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: 'Cannot run mine[n=1]: work() of the benchmark failed: Invalid typed array length',
        cause,
      }),
    );
  });

  it('passes on what the benchmark says itself', () => {
    const own = new GuestmarkError('unsupported', 'Cannot run this: no subgroups');
    const call = (): never => {
      throw own;
    };
    expect(() => callBenchmark('mine', 'work()', call)).toThrow(own);
  });
});
