import { describe, expect, it } from 'vitest';
import { completionWays } from '../../src/report/completion-grid.ts';
import { completionFindings, futexPrediction } from '../../src/report/derive-completion.ts';
import type { CaseResult } from '../../src/report/report.ts';
import { DEAR, waitCase } from './completion-results.ts';

const findings = (results: readonly CaseResult[], software = true) =>
  completionFindings(completionWays(results), software);

describe('completionFindings()', () => {
  it('tells what an idle vCPU costs, and what of the grid avoids it', () => {
    expect(findings(DEAR)).toMatchInlineSnapshot(`
      [
        {
          "advice": "let the host poll before it halts a vCPU (kvm.halt_poll_ns); pin the waiting thread to the vCPU that wakes it (15.0 µs in the idle guest); poll for a while before waiting (22.0 µs in the idle guest); or poll, at the price of a vCPU (20.0 µs in the idle guest)",
          "text": "waking idle vCPUs costs 50.0 µs a wait here: a wait takes 75.0 µs in the idle guest and 25.0 µs in one that is kept awake",
        },
        {
          "advice": null,
          "text": "in the idle guest a wait takes 60.0 µs longer across vCPUs than on one; without a GPU two wake-ups by a futex predict 51.0 µs, 15 % less",
        },
        {
          "advice": "an interrupt between vCPUs leaves the guest unless the host has AVIC, APICv or the like: ask for it, or keep who wait for each other on one vCPU",
          "text": "waking a thread on another vCPU costs 11.0 µs a wait even where none idles: 25.0 µs across vCPUs, 14.0 µs on one",
        },
        {
          "advice": "poll only where another vCPU is free for the driver",
          "text": "polling on the vCPU of who ends the wait takes 3.00 ms, and 20.0 µs on another: it keeps them from running",
        },
        {
          "advice": "keep other work off the vCPU of the waiting thread",
          "text": "beside a process on its vCPU the thread waits for that CPU during 60 % of the time, and the 95th percentile of a wait rises from 37.5 µs to 4.00 ms: that is contention within the guest and no steal",
        },
      ]
    `);
  });

  it('advises nothing that the grid does not show to help', () => {
    const few = DEAR.filter(
      ({ benchmark, axes }) => benchmark === 'completion-fence-wait' && axes.load !== 2 && axes.pin === 2,
    );
    expect(findings(few)).toMatchObject([
      { advice: 'let the host poll before it halts a vCPU (kvm.halt_poll_ns)' },
    ]);
    const noBetter = [...few, waitCase('completion-hybrid', [2, 0], 74.9e3)];
    expect(findings(noBetter)).toEqual(findings(few));
  });

  it('says that no cost was seen where the intervals meet, or the difference is small', () => {
    for (const awakeNs of [74e3, 70e3]) {
      const near = [
        waitCase('completion-fence-wait', [2, 0], 75e3),
        waitCase('completion-fence-wait', [2, 1], awakeNs),
      ];
      expect(findings(near)).toMatchObject([
        { text: expect.stringMatching(/^no cost of waking an idle vCPU was seen/), advice: null },
      ]);
    }
  });

  it('claims no cost of idling in a guest that is not idle', () => {
    const busy = [
      waitCase('completion-fence-wait', [2, 0], 75e3, { runQueueShare: 0.39 }),
      waitCase('completion-fence-wait', [2, 1], 25e3),
    ];
    expect(findings(busy)).toMatchObject([
      { text: expect.stringMatching(/was not idle.*during 39 % of the time/), advice: expect.anything() },
    ]);
  });

  it('says nothing of a cost where a busy guest hides it', () => {
    for (const busy of [
      waitCase('completion-fence-wait', [2, 1], 60e3, { within: 0.4 }),
      waitCase('completion-fence-wait', [2, 1], 8e6),
    ])
      expect(findings([waitCase('completion-fence-wait', [2, 0], 75e3), busy])).toMatchObject([
        { text: expect.stringMatching(/cannot be told/), advice: expect.stringMatching(/stop other work/) },
      ]);
  });

  it('has nothing to say of a report without the grid', () => {
    expect(findings([waitCase('zero-submit', [2, 0], 75e3)])).toEqual([]);
  });
});

describe('futexPrediction()', () => {
  it('takes both wake-ups of the ping-pong for a device of threads, and one for a GPU', () => {
    const ways = completionWays(DEAR);
    expect(futexPrediction(ways, true)).toMatchObject({ predictedNs: 51e3, measuredNs: 60e3 });
    expect(futexPrediction(ways, true)?.error).toBeCloseTo(-0.15);
    expect(futexPrediction(ways, false)?.predictedNs).toBe(25.5e3);
  });

  it('predicts nothing without a difference or without a futex', () => {
    expect(futexPrediction(completionWays(DEAR.slice(0, 7)), true)).toBeNull();
    const same = DEAR.map((one) =>
      one.id === 'completion-fence-wait[pin=2,load=0]' ? waitCase(one.benchmark, [2, 0], 15e3) : one,
    );
    expect(futexPrediction(completionWays(same), true)).toBeNull();
  });
});
