import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { ReportWarning } from '../../src/report/report.ts';
import { type MeasuredCase, summarizeCase } from '../../src/report/summarize-case.ts';
import { around, caseRun, fiveRuns, PLAIN, SUMMARY, sampleColumns } from './sample-report.ts';

function warnings(changes: Partial<MeasuredCase> = {}): readonly ReportWarning[] {
  const measured = {
    id: 'x',
    benchmark: 'x',
    axes: {},
    kind: 'throughput' as const,
    bytes: null,
    flops: null,
    items: null,
    ...PLAIN,
    runs: fiveRuns(),
    ...changes,
  };
  return summarizeCase(measured, SUMMARY).warnings;
}

const ids = (changes: Partial<MeasuredCase> = {}): string[] => warnings(changes).map(({ id }) => id);
const oneRun = (samples: ReturnType<typeof sampleColumns>): MeasuredCase['runs'] => fiveRuns({ samples });

describe('caseWarnings()', () => {
  it('has nothing to say about five quiet runs', () => {
    expect(ids()).toEqual([]);
  });

  it('gives every warning an advice', () => {
    for (const { advice } of warnings({
      runs: [caseRun({ samples: sampleColumns([1e6, 9e6]), stopReason: 'max-time' })],
    })) {
      expect(advice).toBeTruthy();
    }
  });

  it('warns of one run, and of fewer than five', () => {
    expect(ids({ runs: fiveRuns().slice(0, 1) })).toContain('one-run');
    expect(ids({ runs: fiveRuns().slice(0, 4) })).toContain('few-runs');
  });

  it('warns of fewer than ten samples in a run', () => {
    expect(ids({ runs: oneRun(sampleColumns(around(4e6, 9))) })).toContain('few-samples');
    expect(ids({ runs: oneRun(sampleColumns(around(4e6, 10))) })).not.toContain('few-samples');
  });

  it('mentions runs that ran out of time and runs that were interrupted', () => {
    expect(ids({ runs: fiveRuns({ stopReason: 'max-time' }) })).toContain('not-converged');
    expect(ids({ runs: fiveRuns({ stopReason: 'interrupted' }) })).toContain('interrupted');
  });

  it('warns of an interval wider than ± 5 %', () => {
    const runs = [3, 4, 4.1, 4.2, 5].map((ms, run) =>
      caseRun({ run, samples: sampleColumns(around(ms * 1e6, 30)) }),
    );
    expect(ids({ runs })).toContain('unstable');
  });

  it('warns of run medians that differ by more than 20 %', () => {
    const of = (slowest: number): MeasuredCase['runs'] =>
      [4, 4, 4, slowest, slowest].map((ms, run) =>
        caseRun({ run, samples: sampleColumns(around(ms * 1e6, 30)) }),
      );
    expect(ids({ runs: of(4.9) })).toContain('bimodal');
    expect(ids({ runs: of(4.7) })).not.toContain('bimodal');
  });

  it('warns of severe outliers in more than a tenth of the samples', () => {
    const withOutliers = (count: number): MeasuredCase['runs'] =>
      oneRun(sampleColumns(around(4e6, 30).map((ns, i) => (i < count ? ns * 3 : ns))));
    expect(ids({ runs: withOutliers(4) })).toContain('outliers');
    expect(ids({ runs: withOutliers(3) })).not.toContain('outliers');
  });

  it('judges a latency case by its round trip', () => {
    const jumpy = around(4e3, 30).map((ns, i) => (i < 6 ? ns * 5 : ns));
    const samples = sampleColumns(jumpy, { wallNs: around(30e3, 30) });
    expect(ids({ kind: 'throughput', runs: oneRun(samples) })).toContain('outliers');
    expect(ids({ kind: 'latency', runs: oneRun(samples) })).not.toContain('outliers');
  });

  it('warns of a device timer that is too coarse', () => {
    expect(ids({ runs: oneRun(sampleColumns(Array(30).fill(5))) })).toContain('timer-limited');
  });

  it('warns of steal above 1 % in the ledger or in the counters of the CPUs', () => {
    const charged = sampleColumns(around(4e6, 30), {
      stealLowNs: Array(30).fill(1e5),
      stealHighNs: Array(30).fill(1e5),
    });
    expect(ids({ runs: oneRun(charged) })).toContain('steal');
    const counted = available({ totalNs: 40e6, perCpuNs: { cpu0: 40e6, cpu1: 0 }, tickNs: 1e7, note: null });
    expect(ids({ runs: fiveRuns({ steal: counted }) })).toContain('steal');
    const little = available({ totalNs: 10e6, perCpuNs: { cpu0: 10e6, cpu1: 0 }, tickNs: 1e7, note: null });
    expect(ids({ runs: fiveRuns({ steal: little }) })).not.toContain('steal');
  });

  it('warns where the ledger and the counters contradict each other', () => {
    const charged = sampleColumns(around(4e6, 30), {
      stealLowNs: Array(30).fill(1e6),
      stealHighNs: Array(30).fill(1e6),
    });
    const samplingSteal = available({
      totalNs: 0,
      perCpuNs: { cpu0: 0 },
      tickNs: 1e6,
      note: null,
      cpus: [0],
      cpusReason: 'pinned',
      ceilingNs: 1e6,
    });
    expect(ids({ runs: fiveRuns({ samples: charged, samplingSteal }) })).toContain('steal-disagrees');
  });

  it('warns of throttling by a quota above 1 %, apart from waiting for other work', () => {
    const throttled = (ns: number | null): MeasuredCase['runs'] =>
      oneRun(
        sampleColumns(around(4e6, 30), {
          runQueueNs: Array(30).fill(ns ?? 0),
          throttledNs: Array(30).fill(ns),
        }),
      );
    expect(ids({ runs: throttled(1e5) })).toContain('throttled');
    expect(ids({ runs: throttled(1e4) })).not.toContain('throttled');
    expect(ids({ runs: throttled(null) })).not.toContain('throttled');
  });

  it('warns of a run-queue wait above 5 %', () => {
    const waiting = (ns: number): MeasuredCase['runs'] =>
      oneRun(sampleColumns(around(4e6, 30), { runQueueNs: Array(30).fill(ns) }));
    expect(ids({ runs: waiting(3e5) })).toContain('run-queue-wait');
    expect(ids({ runs: waiting(1e5) })).not.toContain('run-queue-wait');
    const shared = { benchmark: 'completion-fence-wait', runs: waiting(3e5) };
    expect(ids({ ...shared, axes: { pin: 2, load: 0 } })).toContain('run-queue-wait');
    for (const axes of [
      { pin: 1, load: 0 },
      { pin: 2, load: 2 },
    ])
      expect(ids({ ...shared, axes })).not.toContain('run-queue-wait');
  });

  it('tells of stalls that no counter explains where they fall into samples', () => {
    const stall = (durationNs: number) => ({
      startNs: 1e6,
      durationNs,
      cause: 'unattributed' as const,
      ledger: unavailable('of no interest here'),
    });
    const stalled = (durationNs: number) => ({ runs: fiveRuns({ stalls: available([stall(durationNs)]) }) });
    expect(ids(stalled(20e6))).toContain('stalls');
    expect(warnings(stalled(2e6)).find(({ id }) => id === 'stalls')?.message).toBe(
      'the machine stood still 5 times in samples (10.0 ms in all, at most 2.00 ms at once), and no counter says why',
    );
    expect(ids(stalled(300e3))).not.toContain('stalls');
    expect(ids({ runs: fiveRuns({ stalls: available([]) }) })).not.toContain('stalls');
  });
});
