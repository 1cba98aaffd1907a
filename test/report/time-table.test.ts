import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { ProgramRun } from '../../src/program/program-run.ts';
import { summarizeRuns } from '../../src/program/summarize-runs.ts';
import type { TimeReport } from '../../src/report/time-report.ts';
import { timeTable } from '../../src/report/time-table.ts';
import { sampleRun } from '../program/sample-run.ts';
import { sampleTimeReport } from './sample-time-report.ts';

function rendered(runs: readonly ProgramRun[], overrides: Partial<TimeReport> = {}): string {
  const report = sampleTimeReport({ runs, summary: summarizeRuns(runs), ...overrides });
  return timeTable(report, { width: 120, color: false });
}

describe('timeTable()', () => {
  test('lists where the time of one run went', () => {
    expect(rendered([sampleRun()])).toBe(`
wall                 4.02 s  1.96 s to 2.04 s without steal (the main thread never slept)
cpu                  2.03 s  user 2.02 s, system 10.0 ms
run queue           5.30 ms  of it throttled by a quota: 0 at most
stolen     1.98 s to 2.06 s  tier A: charged by the scheduler
asleep                    0  the main thread
memory             80.0 MiB  the most that a process had
threads                   1  every context switch recorded; watching took 12.0 ms of CPU`);
  });

  test('says what is not known, and why', () => {
    const text = rendered(
      [
        sampleRun({
          stealNs: unavailable('no steal clock is known of'),
          correctedWallNs: unavailable('no steal clock is known of'),
          blockedNs: unavailable('asleep or stolen'),
          runQueueNs: unavailable('no schedstat'),
          threads: { seen: 3, exact: false, lost: 0, lostRunQueueNs: unavailable('r'), leftRunning: 2 },
        }),
      ],
      { tier: 'C', switches: unavailable('perf_event_paranoid is 3') },
    );
    expect(text).toMatch(/^stolen +unknown {2}tier C: no steal clock is known of$/m);
    expect(text).toMatch(/^run queue +unknown {2}no schedstat$/m);
    expect(text).toMatch(/^asleep +unknown {2}1.99 s asleep or stolen, the main thread$/m);
    expect(text).toMatch(/^threads +3 {2}seen by looking 45 times; 2 left running;/m);
    expect(text).toMatch(/^wall +4.02 s$/m);
  });

  test('marks CPU time that contains the steal, and a bad end', () => {
    const text = rendered([sampleRun({ cpuIncludesSteal: true, exitCode: null, signal: 'SIGSEGV' })]);
    expect(text).toMatch(/^cpu .*CONTAINS the steal$/m);
    expect(text).toMatch(/^ended +SIGSEGV {2}by a signal$/m);
    expect(rendered([sampleRun({ exitCode: 3 })])).toMatch(/^exit code +3 {2}failed$/m);
  });

  test('tells of run-queue wait that was missed', () => {
    const threads = { seen: 9, exact: true, lost: 8, lostRunQueueNs: available(2e6), leftRunning: 0 };
    expect(rendered([sampleRun({ threads })])).toMatch(
      /the last stretch of 8 threads, at most 2.00 ms, is\s+missing/,
    );
  });

  test('sums up repeated runs', () => {
    const walls = [4.0, 4.1, 4.2, 4.1, 4.0, 9.0].map((s) => sampleRun({ wallNs: s * 1e9 }));
    const text = rendered([...walls, sampleRun({ exitCode: 1 })]);
    expect(text).toMatch(/mean ± σ +median +95 % interval +min … max$/m);
    expect(text).toMatch(/^wall +4.77 s ± 1.86 s +4.10 s +4.00 s to 9.00 s +4.00 s … 9.00 s$/m);
    expect(text).toMatch(/^without steal, at least +1.96 s/m);
    expect(text).toContain('1 outlier:');
    expect(text).toContain('1 run failed');
    expect(text).toMatch(/stolen 1.98 s to 2.06 s per run; tier A: charged by the scheduler$/m);
  });

  test('colours when asked', () => {
    const report = sampleTimeReport();
    const code = String.fromCharCode(27);
    expect(timeTable(report, { width: 120, color: true })).toContain(code);
    expect(timeTable(report, { width: 120, color: false })).not.toContain(code);
  });
});
