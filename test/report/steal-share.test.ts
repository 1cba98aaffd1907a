import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { sampledRuns } from '../../src/report/case-samples.ts';
import { type StealShare, stealShare } from '../../src/report/steal-share.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { caseRun, sampleColumns } from './sample-report.ts';

const GPU = [1e6, 1e6, 1e6, 1e6];

/** A run of four samples of 1 ms each on the ledger. */
function run(low: (number | null)[], high: (number | null)[], changes: Partial<CaseRun> = {}): CaseRun {
  const samples = sampleColumns(GPU, {
    ledgerWallNs: [1e6, 1e6, 1e6, 1e6],
    stealLowNs: low,
    stealHighNs: high,
  });
  return caseRun({ samples, ...changes });
}

const share = (...runs: CaseRun[]): StealShare | null => stealShare(sampledRuns(runs));
const counters = (totalNs: number, note: string | null = null): Partial<CaseRun> => ({
  samplingSteal: available({
    totalNs,
    perCpuNs: { cpu0: totalNs, cpu1: 0 },
    tickNs: 1e4,
    note,
    cpus: [0, 1],
    cpusReason: 'all',
    ceilingNs: note === null ? totalNs + 2e4 : null,
  }),
});

describe('stealShare()', () => {
  it('adds up bounds and wall time over all samples of all runs', () => {
    const result = share(run([0, 1e5, 0, 0], [1e5, 1e5, 1e5, 1e5]), run([0, 0, 0, 1e5], [0, 0, 0, 2e5]));
    expect(result?.low).toBeCloseTo(2e5 / 8e6, 12);
    expect(result?.high).toBeCloseTo(6e5 / 8e6, 12);
    expect(result).toMatchObject({ known: 8, samples: 8, disagree: false });
  });

  it('leaves out samples without bounds, with their wall time', () => {
    const result = share(run([null, 1e5, null, null], [null, 2e5, 1e5, null]));
    expect(result).toMatchObject({ low: 0.1, high: 0.2, known: 1, samples: 4 });
  });

  it('is null where no sample has bounds: unknown is not 0', () => {
    const none = [null, null, null, null];
    expect(share(run(none, none))).toBeNull();
    expect(share()).toBeNull();
  });

  it('takes no more than the counters of the CPUs show, and one tick for each', () => {
    const zeros = [0, 0, 0, 0];
    const result = share(run(zeros, GPU, counters(1e5)));
    expect(result?.high).toBeCloseTo((1e5 + 2 * 1e4) / 4e6, 12);
    expect(result?.narrowedByCounters).toBe(true);
  });

  it('is no more than the time of the samples, however wide their bounds are', () => {
    const result = share(run([0, 0, 0, 0], [2e6, 1e6, 2e6, 1e6]));
    expect(result).toMatchObject({ low: 0, high: 1, narrowedByCounters: false });
  });

  it('does not trust counters that ran backwards', () => {
    const zeros = [0, 0, 0, 0];
    expect(share(run(zeros, GPU, counters(1e5, 'the counter of cpu0 ran backwards')))?.high).toBe(1);
  });

  it('says where the counters show less than the thread was charged, and keeps what was charged', () => {
    const charged = [1e5, 1e5, 1e5, 1e5];
    const result = share(run(charged, charged, counters(0)));
    expect(result).toMatchObject({ disagree: true, low: 0.1, high: 0.1 });
  });
});
