import { describe, expect, it } from 'vitest';
import { columnOf, ledgerShare, sampleCount, sampledRuns } from '../../src/report/case-samples.ts';
import { caseRun, failedCase, sampleColumns } from './sample-report.ts';

describe('sampledRuns()', () => {
  it('leaves out runs that crashed or were skipped', () => {
    const crash = { kind: 'crash' as const, message: 'Cannot finish: the process died', hint: null };
    const runs = [
      caseRun(),
      caseRun({ run: 2, status: 'failed', failure: crash }),
      caseRun({ run: 3, status: 'skipped', samples: null }),
    ];
    expect(sampledRuns(runs).map(({ run }) => run)).toEqual([1]);
  });

  it('leaves out all runs once one of them computed something wrong', () => {
    expect(sampledRuns(failedCase().runs)).toEqual([]);
  });
});

describe('columnOf()', () => {
  const runs = sampledRuns([
    caseRun({ iterations: 4, samples: sampleColumns([400, 800], { wakeUpNs: [null, 9] }) }),
  ]);

  it('divides by the iterations of a submission, or does not', () => {
    expect(columnOf(runs, 'gpuNs', 'iteration')).toEqual([Float64Array.of(100, 200)]);
    expect(columnOf(runs, 'gpuNs', 'submission')).toEqual([Float64Array.of(400, 800)]);
  });

  it('leaves out samples without a value', () => {
    expect(columnOf(runs, 'wakeUpNs', 'submission')).toEqual([Float64Array.of(9)]);
  });
});

describe('sampleCount()', () => {
  it('counts samples of all runs', () => {
    expect(sampleCount(sampledRuns([caseRun(), caseRun()]))).toBe(60);
  });
});

describe('ledgerShare()', () => {
  it('is the wait as a share of the wall time of the samples that know it', () => {
    const samples = sampleColumns([1, 1, 1], { runQueueNs: [10, null, 30], ledgerWallNs: [100, 5000, 100] });
    expect(ledgerShare(sampledRuns([caseRun({ samples })]), 'runQueueNs')).toBe(0.2);
  });

  it('is null where no sample knows it', () => {
    const samples = sampleColumns([1], { runQueueNs: [null] });
    expect(ledgerShare(sampledRuns([caseRun({ samples })]), 'runQueueNs')).toBeNull();
  });
});
