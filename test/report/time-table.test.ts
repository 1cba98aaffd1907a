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
wall               4.02 s  1.96 to 2.04 s without steal (the main thread never slept)
cpu                2.03 s  user 2.02 s, system 10.0 ms
run queue         5.30 ms  ready, waiting for a CPU; no quota throttled it
stolen     1.98 to 2.06 s  by the hypervisor (tier A): charged by the scheduler
asleep               0 ns  the main thread, waiting for anything but a CPU
memory           80.0 MiB  the most that a process had
threads                 1  every context switch recorded; watching took 12.0 ms of CPU`);
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
      /the last stretch of 8 threads, at most 2.00\s+ms, is missing/,
    );
  });

  test('sums up repeated runs', () => {
    const walls = [4.0, 4.1, 4.2, 4.1, 4.0, 9.0].map((s) => sampleRun({ wallNs: s * 1e9 }));
    const text = rendered([...walls, sampleRun({ exitCode: 1 })]);
    expect(text).toMatch(/mean ± σ +median +95 % interval +min … max$/m);
    expect(text).toMatch(/^wall +4.77 ± 1.86 s +4.10 s +4.00 to 9.00 s +4.00 … 9.00 s$/m);
    expect(text).toMatch(/^without steal ≥ +1.96 s/m);
    expect(text).toContain('1 outlier:');
    expect(text).toContain('1 run failed');
    expect(text).toMatch(/stolen 1.98 to 2.06 s per run; tier A: charged by the scheduler$/m);
  });

  test('fits 80 columns, also where a spread goes from one unit to the next', () => {
    const walls = [0.983, 1.04, 1.1, 4.2, 9.4, 9.42].map((ms) => sampleRun({ wallNs: ms * 1e6 }));
    const report = sampleTimeReport({ runs: walls, summary: summarizeRuns(walls) });
    const lines = timeTable(report, { width: 80, color: false }).split('\n');
    expect(lines.join('\n')).toMatch(/^wall .* 983 µs … 9.42 ms$/m);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('says how much of what was asked for was run', () => {
    const partial = { status: 'partial', wantedRuns: 9 } as const;
    expect(rendered([sampleRun()], partial)).toMatch(/^status +partial {2}1 of 9 runs: interrupted/m);
    expect(rendered([sampleRun(), sampleRun()], partial)).toMatch(/^notes +2 of 9 runs: interrupted/m);
  });

  test('tells of throttling and of zeros in words', () => {
    expect(rendered([sampleRun({ throttledNs: available(3e6) })])).toContain(
      'at most 3.00 ms of it because of a quota',
    );
    const stealNs = available({ lowNs: 0, highNs: 0, reason: 'there is no hypervisor' });
    expect(rendered([sampleRun({ stealNs, systemNs: 0 })])).toMatch(
      /^stolen +0 ns .*: there is no hypervisor$/m,
    );
    const some = available({ lowNs: 0, highNs: 1e7, reason: 'charged' });
    expect(rendered([sampleRun({ stealNs: some })])).toMatch(/^stolen +0 to 10.0 ms /m);
  });

  test('colours when asked', () => {
    const report = sampleTimeReport();
    const code = String.fromCharCode(27);
    expect(timeTable(report, { width: 120, color: true })).toContain(code);
    expect(timeTable(report, { width: 120, color: false })).not.toContain(code);
  });
});
