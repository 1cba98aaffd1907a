import { describe, expect, it } from 'vitest';
import { waitedShare } from '../../src/merge/waited-share.ts';
import { sampledRuns } from '../../src/report/case-samples.ts';
import { around, caseRun, sampleColumns } from '../report/sample-report.ts';

describe('waitedShare()', () => {
  const samples = sampleColumns(around(4e6, 2));
  const shareOf = (columns: Partial<typeof samples>): number | null =>
    waitedShare(sampledRuns([caseRun({ samples: { ...samples, ...columns } })]));

  it('is that of the thread that measures where the device has no workers here', () => {
    expect(shareOf({ runQueueNs: [1e6, 3e6], ledgerWallNs: [5e6, 5e6] })).toBeCloseTo(0.4);
  });

  it('is that of the workers where they waited more', () => {
    const columns = { runQueueNs: [1e6, 1e6], ledgerWallNs: [5e6, 5e6] };
    const workers = { workersRunQueueNs: [6e6, 6e6], workersCpuNs: [2e6, 4e6] };
    expect(shareOf({ ...columns, ...workers })).toBeCloseTo(12 / 18);
    expect(shareOf({ ...columns, ...workers, workersRunQueueNs: [0, 0] })).toBeCloseTo(0.2);
  });

  it('is unknown where no sample tells, and where workers did nothing', () => {
    const nothing = { runQueueNs: [null, null], ledgerWallNs: [null, null] };
    expect(shareOf(nothing)).toBeNull();
    expect(shareOf({ ...nothing, workersRunQueueNs: [0, 0], workersCpuNs: [0, 0] })).toBeNull();
  });
});
