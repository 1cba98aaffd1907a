import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/report/display-width.ts';
import { painter } from '../../src/report/paint.ts';
import type { CaseResult } from '../../src/report/report.ts';
import { completionLines } from '../../src/report/table-completion.ts';
import { DEAR, waitCase } from './completion-results.ts';
import { sampleReport } from './sample-report.ts';

const lines = (results: readonly CaseResult[], width = 100): readonly string[] =>
  completionLines({ ...sampleReport(), results }, { width, paint: painter(false) });

describe('completionLines()', () => {
  it('sets what was measured side by side, and says what follows', () => {
    expect(`\n${lines(DEAR).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      completion          idle     idle     idle    awake    awake    awake
                          free     same    other     free     same    other
                                   vCPU     vCPU              vCPU     vCPU
      fence-wait       70.0 µs  15.0 µs  75.0 µs  17.0 µs  14.0 µs  25.0 µs
                        105 µs  22.5 µs   113 µs  25.5 µs  21.0 µs  37.5 µs
                          25 %     25 %     25 %     25 %     25 %     25 %
      fence-poll             –  3.00 ms  20.0 µs        –        –        –
                                4.50 ms  30.0 µs
                                   25 %     99 %
      hybrid                 –        –  22.0 µs        –        –        –
                                         33.0 µs
                                            25 %
      futex-ping-pong        –  5.00 µs  56.0 µs        –        –  11.0 µs
                                7.50 µs  84.0 µs                    16.5 µs
                                   25 %     25 %                       25 %
      completion  contended
                      other
                       vCPU
      fence-wait    40.0 µs
                    4.00 ms
                       25 %
        median, 95th percentile, and CPU time of the waiting thread; idle: nothing else runs, awake: a
        thread under SCHED_IDLE keeps every vCPU from idling, contended: a process computes on the vCPU of
        the waiting thread
        waking idle vCPUs costs 50.0 µs a wait here: a wait takes 75.0 µs in the idle guest and 25.0 µs in
        one that is kept awake
        → let the host poll before it halts a vCPU (kvm.halt_poll_ns); pin the waiting thread to the vCPU
        that wakes it (15.0 µs in the idle guest); poll for a while before waiting (22.0 µs in the idle
        guest); or poll, at the price of a vCPU (20.0 µs in the idle guest)
        in the idle guest a wait takes 60.0 µs longer across vCPUs than on one; without a GPU one wake-up
        by a futex predicts 25.5 µs, 57 % less
        waking a thread on another vCPU costs 11.0 µs a wait even where none idles: 25.0 µs across vCPUs,
        14.0 µs on one
        → an interrupt between vCPUs leaves the guest unless the host has AVIC, APICv or the like: ask for
        it, or keep who wait for each other on one vCPU
        polling on the vCPU of who ends the wait takes 3.00 ms, and 20.0 µs on another: it keeps them from
        running
        → poll only where another vCPU is free for the driver
        beside a process on its vCPU the thread waits for that CPU during 60 % of the time, and the 95th
        percentile of a wait rises from 37.5 µs to 4.00 ms: that is contention within the guest and no
        steal
        → keep other work off the vCPU of the waiting thread
      "
    `);
  });

  it('fits a narrow terminal', () => {
    for (const line of lines(DEAR, 80)) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('shows what of a case is missing as missing', () => {
    const [bare] = [waitCase('completion-fence-wait', [0, 0], 20e3)];
    const shown = lines([{ ...bare, metrics: bare.metrics.slice(0, 1) } as CaseResult]);
    expect(shown.slice(2, 5).map((line) => line.trim())).toEqual(['fence-wait  20.0 µs', '–', '–']);
  });

  it('is empty without such cases', () => {
    expect(lines([])).toEqual([]);
  });
});
