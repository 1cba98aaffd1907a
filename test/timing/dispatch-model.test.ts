import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  correctDispatch,
  correctSoftwareDispatch,
  criticalSteal,
  type DeviceInterval,
  type DispatchWindow,
} from '../../src/timing/dispatch-model.ts';
import { type DispatchSteal, dispatchSteal, readingOffsets } from '../../src/timing/dispatch-steal.ts';
import { simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { verdictA } from './verdicts.ts';

const exactly = (ns: number): { lowNs: number; highNs: number } => ({ lowNs: ns, highNs: ns });

/** Steal that is known exactly. */
function steal(submitNs: number, waitNs: number): DispatchSteal {
  return { submit: exactly(submitNs), wait: exactly(waitNs), whole: exactly(submitNs + waitNs) };
}

/** 1 ms of submitting, 10 ms of device time from 1 ms on, 0.5 ms until the wait returns. */
const WINDOW: DispatchWindow = {
  submitStartNs: 0,
  submitEndNs: 1e6,
  waitEndNs: 11.5e6,
  device: { startNs: 1e6, endNs: 11e6, uncertaintyNs: 0 },
};

describe('criticalSteal()', () => {
  it('counts steal ahead of the doorbell', () => {
    const { lowNs, highNs } = criticalSteal(WINDOW, steal(0.4e6, 0));
    expect(highNs).toBe(0.4e6);
    // Up to 0.1 ms may have been behind the doorbell, when the device was starting.
    expect(lowNs).toBeCloseTo(0.3e6, 3);
  });

  it('does not count steal while the device works, except what may have delayed the wake-up', () => {
    expect(criticalSteal(WINDOW, steal(0, 6e6))).toEqual({ lowNs: 0, highNs: 0.5e6 });
  });

  it('knows that steal longer than the device works must have delayed the wake-up', () => {
    const late = { ...WINDOW, waitEndNs: 21e6 };
    expect(criticalSteal(late, steal(0, 15e6))).toEqual({ lowNs: 5e6, highNs: 10e6 });
  });

  it('widens every comparison with a device instant by its uncertainty', () => {
    const device: DeviceInterval = { startNs: 1e6, endNs: 11e6, uncertaintyNs: 0.2e6 };
    const { lowNs, highNs } = criticalSteal({ ...WINDOW, device }, steal(0.4e6, 6e6));
    expect(highNs).toBeCloseTo(0.4e6 + 0.7e6, 3);
    expect(lowNs).toBeCloseTo(0.1e6, 3);
  });

  it('knows nothing of a submit call whose device started long after', () => {
    const device: DeviceInterval = { startNs: 3e6, endNs: 11e6, uncertaintyNs: 0 };
    expect(criticalSteal({ ...WINDOW, device }, steal(0.4e6, 0))).toEqual({ lowNs: 0, highNs: 0.4e6 });
  });

  it('counts steal in the submit call behind the end of a quick device', () => {
    const device: DeviceInterval = { startNs: 0.2e6, endNs: 0.3e6, uncertaintyNs: 0 };
    const window = { submitStartNs: 0, submitEndNs: 5e6, waitEndNs: 5.1e6, device };
    const { lowNs, highNs } = criticalSteal(window, steal(4.5e6, 0));
    expect(highNs).toBe(4.5e6);
    expect(lowNs).toBeCloseTo(4.3e6, 3);
  });

  it('takes all or nothing without the device interval', () => {
    expect(criticalSteal({ ...WINDOW, device: null }, steal(0.4e6, 1e6))).toEqual({
      lowNs: 0,
      highNs: 1.4e6,
    });
  });
});

describe('correctDispatch()', () => {
  it('never goes below the device time, whatever was stolen', () => {
    const any = fc.double({ min: 0, max: 5e7, noNaN: true });
    fc.assert(
      fc.property(any, any, any, (submitNs, waitNs, uncertaintyNs) => {
        const device = { startNs: 1e6, endNs: 11e6, uncertaintyNs };
        const { lowNs, highNs } = correctDispatch({ ...WINDOW, device }, steal(submitNs, waitNs), 10e6);
        expect(lowNs).toBeGreaterThanOrEqual(10e6);
        expect(highNs).toBeGreaterThanOrEqual(lowNs);
        expect(highNs).toBeLessThanOrEqual(11.5e6);
      }),
    );
  });

  /** What happens in one dispatch; all in ns. `start` is the device's latency from the doorbell. */
  const ns = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
  const story = fc.record({
    stealBefore: ns(8e6),
    ahead: ns(50e3),
    stealAhead: ns(8e6),
    behind: ns(50e3),
    stealBehind: ns(8e6),
    stealReading: ns(8e6),
    start: ns(90e3),
    device: ns(5e6),
    queueing: ns(2e6),
    notify: ns(60e3),
    stealWaking: ns(8e6),
    back: ns(20e3),
    stealAfter: ns(8e6),
    spins: fc.boolean(),
  });

  it('holds the truth: the same dispatch without its steal', () => {
    fc.assert(
      fc.property(story, (what) => {
        const withSteal = play(what);
        const without = play({ ...what, ...NO_STEAL });
        // Steal may spare the thread the sleep, and so the wake-up: that is not in the model.
        fc.pre(withSteal.slept === without.slept);
        const truthNs = without.window.waitEndNs - without.window.submitStartNs;
        const { lowNs, highNs } = correctDispatch(withSteal.window, withSteal.steal, what.device);
        expect(lowNs).toBeLessThanOrEqual(truthNs + 1);
        expect(highNs).toBeGreaterThanOrEqual(truthNs - 1);
      }),
      { numRuns: 1000 },
    );
  });
});

const NO_STEAL = {
  stealBefore: 0,
  stealAhead: 0,
  stealBehind: 0,
  stealReading: 0,
  stealWaking: 0,
  stealAfter: 0,
};

interface Story {
  /** While the ledger is read, before the first stamp. */
  readonly stealBefore: number;
  readonly ahead: number;
  readonly stealAhead: number;
  readonly behind: number;
  readonly stealBehind: number;
  /** Behind the stamp, before the ledger is read between submit and wait. */
  readonly stealReading: number;
  readonly start: number;
  readonly device: number;
  readonly queueing: number;
  readonly notify: number;
  readonly stealWaking: number;
  readonly back: number;
  readonly stealAfter: number;
  readonly spins: boolean;
}

/** Plays a story on a simulated thread; steal behind the device's end hits the wake-up. */
function play(what: Story): { window: DispatchWindow; steal: DispatchSteal; slept: boolean } {
  const thread = simulateThread();
  const { clock, stamps } = thread;
  const [from, to] = [clock.newSnapshot(), clock.newSnapshot()];
  const between = { wallNs: 0, cpuNs: 0, voluntarySwitches: 0, widthNs: 0 };
  clock.take(from);
  thread.steal(what.stealBefore);
  const submitStartNs = stamps.nowNs();
  thread.run(what.ahead);
  thread.steal(what.stealAhead);
  const startNs = stamps.nowNs() + what.start;
  const endNs = startNs + what.device;
  thread.run(what.behind);
  thread.steal(what.stealBehind);
  const submitEndNs = stamps.nowNs();
  thread.steal(what.stealReading);
  clock.takeBrief(between);
  const leftNs = Math.max(0, endNs - stamps.nowNs());
  if (what.spins) thread.run(leftNs);
  else if (leftNs > 0) thread.block(leftNs + what.notify);
  thread.steal(what.stealWaking);
  thread.waitForCpu(what.queueing);
  thread.run(what.back);
  const waitEndNs = stamps.nowNs();
  thread.steal(what.stealAfter);
  clock.take(to);
  const readings = { from, between, to };
  const ledger = dispatchSteal(readings, clock, verdictA);
  if (!ledger.available) throw new Error(ledger.reason);
  const device = { startNs, endNs, uncertaintyNs: 0 };
  const slept = to.voluntarySwitches > from.voluntarySwitches;
  const stamped = { submitStartNs, submitEndNs, waitEndNs };
  const offsets = readingOffsets(readings, stamped);
  return { window: { ...stamped, device, offsets }, steal: ledger.value, slept };
}

describe('correctSoftwareDispatch()', () => {
  it('lies between the CPU time of the busiest thread and the wall time', () => {
    const threads = [
      { cpuNs: 2e6, delayLowNs: 0 },
      { cpuNs: 7e6, delayLowNs: 1e6 },
    ];
    expect(correctSoftwareDispatch(10e6, threads, false)).toMatchObject({ lowNs: 7e6, highNs: 9e6 });
    const impossible = [{ cpuNs: 7e6, delayLowNs: 5e6 }];
    expect(correctSoftwareDispatch(10e6, impossible, false)).toMatchObject({ lowNs: 7e6, highNs: 7e6 });
  });

  it('has no floor where CPU time contains the steal', () => {
    expect(correctSoftwareDispatch(10e6, [{ cpuNs: 7e6, delayLowNs: 0 }], true).lowNs).toBe(0);
  });
});
