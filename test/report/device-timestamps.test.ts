import { describe, expect, it } from 'vitest';
import { missingDeviceTimes, timestampProblem } from '../../src/report/device-timestamps.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

const run = (gpuNs: readonly (number | null)[], wallNs: readonly number[]) => {
  const samples = { ...sampleColumns(wallNs, { gpuNs }), wallNs };
  return { ...caseRun({ samples }), samples };
};
const many = (value: number): number[] => Array<number>(200).fill(value);
const mixed = (usual: number, odd: number, count: number): number[] =>
  many(usual).map((value, index) => (index < count ? odd : value));

describe('timestampProblem()', () => {
  it('has nothing to say about times within their submissions, and of none at all', () => {
    expect(timestampProblem([run(many(900), many(1000))], 1)).toBe(null);
    expect(
      timestampProblem(
        [
          run(
            many(0).map(() => null),
            many(1000),
          ),
        ],
        1,
      ),
    ).toBe(null);
    expect(timestampProblem([], 1)).toBe(null);
  });

  it('forgives as much as the clocks can differ by, and single samples', () => {
    expect(timestampProblem([run(many(1_000_900), many(1_000_000))], 1)).toBe(null);
    expect(timestampProblem([run(many(1_030), many(1_000))], 20)).toBe(null);
    expect(timestampProblem([run(mixed(900, 5000, 2), many(1000))], 1)).toBe(null);
  });

  it('says by how much device times exceed the wall times', () => {
    expect(timestampProblem([run(mixed(900, 5000, 20), many(1000))], 1)).toBe(
      'the device time is longer than the wall time around it in 10 % of the samples, by up to 4.00 µs',
    );
  });

  it('finds timestamps in the wrong order, which wrap around', () => {
    expect(timestampProblem([run(many(2 ** 64 - 5), many(1000))], 1)).toContain('100 %');
  });

  it('finds equal timestamps', () => {
    expect(timestampProblem([run(mixed(900, 0, 100), many(1000))], 1)).toBe(
      'both timestamps are equal in 50 % of the samples',
    );
  });
});

describe('refused device times', () => {
  const refused = (samples: number) => [{ reason: 'the second timestamp is before the first', samples }];
  const withRefused = (count: number) => ({
    ...run(
      many(900).map((ns, index) => (index < count ? null : ns)),
      many(1000),
    ),
    timestampFaults: count === 0 ? [] : refused(count),
  });

  it('are told where they are few, and put the others in doubt where they are many', () => {
    expect([timestampProblem([withRefused(2)], 1), missingDeviceTimes([withRefused(2)])]).toEqual([
      null,
      '2 of 200 samples have no device time: the second timestamp is before the first (2)',
    ]);
    expect(timestampProblem([withRefused(20)], 1)).toBe(
      'the second timestamp is before the first in 10 % of the samples',
    );
    expect(timestampProblem([withRefused(200)], 1)).toBe(
      'the second timestamp is before the first in 100 % of the samples',
    );
  });

  it('are added up over the runs, and none are nothing to tell', () => {
    expect(missingDeviceTimes([withRefused(1), withRefused(2)])).toContain('3 of 400 samples');
    expect(missingDeviceTimes([withRefused(0)])).toBe(null);
  });
});
