import { describe, expect, it } from 'vitest';
import { type DispatchReadings, dispatchSteal } from '../../src/timing/dispatch-steal.ts';
import type { TierVerdict } from '../../src/timing/ledger-rules.ts';
import { type SimulatedThread, simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { verdictA } from './verdicts.ts';

/** Readings around two pieces of work of one thread. */
function readings(submit: (on: SimulatedThread) => void, wait: (on: SimulatedThread) => void) {
  const thread = simulateThread();
  const { clock } = thread;
  const [from, to] = [clock.newSnapshot(), clock.newSnapshot()];
  const between = { wallNs: 0, cpuNs: 0, voluntarySwitches: 0, widthNs: 0 };
  clock.take(from);
  submit(thread);
  clock.takeBrief(between);
  wait(thread);
  clock.take(to);
  const taken: DispatchReadings = { from, between, to };
  return { taken, clock };
}

const tier = (letter: TierVerdict['tier']): TierVerdict => ({ ...verdictA, tier: letter });

describe('dispatchSteal()', () => {
  it('tells the steal of submitting from that of waiting', () => {
    const { taken, clock } = readings(
      (on) => {
        on.run(1000);
        on.steal(300);
      },
      (on) => {
        on.run(5000);
        on.steal(700);
      },
    );
    expect(dispatchSteal(taken, clock, verdictA)).toEqual({
      available: true,
      value: {
        submit: { lowNs: 300, highNs: 300 },
        wait: { lowNs: 700, highNs: 700 },
        whole: { lowNs: 1000, highNs: 1000 },
      },
    });
  });

  it('does not know in which part the thread waited for a CPU', () => {
    const { taken, clock } = readings(
      (on) => on.steal(300),
      (on) => on.waitForCpu(200),
    );
    expect(dispatchSteal(taken, clock, verdictA)).toMatchObject({
      value: { submit: { lowNs: 100, highNs: 300 }, wait: { lowNs: 0, highNs: 200 } },
    });
  });

  it('has no lower bound for a part that blocked', () => {
    const { taken, clock } = readings(
      (on) => on.steal(300),
      (on) => {
        on.block(5000);
        on.steal(700);
      },
    );
    expect(dispatchSteal(taken, clock, verdictA)).toMatchObject({
      value: { submit: { lowNs: 300, highNs: 300 }, wait: { lowNs: 0, highNs: 5700 } },
    });
  });

  it('knows the blocked part too where the switches were recorded', () => {
    const { taken, clock } = readings(
      (on) => on.steal(300),
      (on) => {
        on.block(50_000_000);
        on.steal(7_000_000);
      },
    );
    const offCpu = {
      onNs: 7_000_300,
      offNs: 50_000_000,
      preemptedOffNs: 0,
      blockedOffNs: 50_000_000,
      unknownNs: 0,
      switchesOut: 1,
      switchesIn: 1,
      blocks: 1,
      lastInNs: 0,
    };
    const bias = { perBlockNs: 0, lowNs: 0, highNs: 0, waits: 20 };
    const steal = dispatchSteal({ ...taken, offCpu: { offCpu, bias, rateError: 0 } }, clock, verdictA);
    if (!steal.available) throw new Error(steal.reason);
    // One block scatters by 15 µs.
    expect(steal.value.wait.lowNs).toBeGreaterThan(7_000_000 - 20_000);
    expect(steal.value.wait.highNs).toBeLessThan(7_000_000 + 20_000);
  });

  it('cannot tell the parts where nothing was read between them', () => {
    const { taken, clock } = readings(
      (on) => on.steal(300),
      (on) => on.steal(700),
    );
    const whole = { lowNs: 0, highNs: 1000 };
    expect(dispatchSteal({ ...taken, between: null }, clock, verdictA)).toMatchObject({
      value: { submit: whole, wait: whole, whole: { lowNs: 1000, highNs: 1000 } },
    });
  });

  it('takes all of the wall time for possible where CPU time contains the steal', () => {
    const { taken, clock } = readings(
      (on) => on.run(1000),
      (on) => on.run(5000),
    );
    expect(dispatchSteal(taken, clock, tier('B'))).toMatchObject({
      value: { submit: { lowNs: 0, highNs: 1000 }, wait: { lowNs: 0, highNs: 5000 } },
    });
  });

  it('is nothing without a hypervisor, and unknown without a steal clock', () => {
    const { taken, clock } = readings(
      (on) => on.run(1000),
      (on) => on.run(5000),
    );
    const none = { lowNs: 0, highNs: 0 };
    expect(dispatchSteal(taken, clock, tier('E'))).toMatchObject({ value: { submit: none, wait: none } });
    expect(dispatchSteal(taken, clock, tier('C')).available).toBe(false);
  });
});
