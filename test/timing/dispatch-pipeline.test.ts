import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctPipeline, deviceBusyNs } from '../../src/timing/dispatch-pipeline.ts';

const exactly = (ns: number): { lowNs: number; highNs: number } => ({ lowNs: ns, highNs: ns });

describe('correctPipeline()', () => {
  const dispatch = (
    at: number,
    stolenNs: number,
    startNs: number,
    endNs: number,
  ): Parameters<typeof correctPipeline>[0]['dispatches'][number] => ({
    submitStartNs: at,
    submitEndNs: at + 0.5e6 + stolenNs,
    submitSteal: exactly(stolenNs),
    device: { startNs, endNs, uncertaintyNs: 0 },
  });

  it('does not count steal in a submit call while the device still has work', () => {
    const dispatches = [dispatch(0, 0, 0.5e6, 10.5e6), dispatch(0.5e6, 3e6, 10.5e6, 20.5e6)];
    const corrected = correctPipeline({ dispatches, waitEndNs: 20.6e6, waitSteal: exactly(0) });
    expect(corrected).toEqual({ lowNs: 20.6e6, highNs: 20.6e6, critical: exactly(0) });
  });

  it('counts it as far as the device stood idle', () => {
    const dispatches = [dispatch(0, 0, 0.5e6, 2.5e6), dispatch(0.5e6, 3e6, 4e6, 6e6)];
    const { critical } = correctPipeline({ dispatches, waitEndNs: 6e6, waitSteal: exactly(0) });
    expect(critical.highNs).toBe(1.5e6);
  });

  it('counts steal behind a doorbell where it kept the next dispatch from an idle device', () => {
    // Without the 3 ms the second call had ended, and its device begun, at 1 ms: 3.1 ms in all.
    const dispatches = [dispatch(0, 3e6, 0.1e6, 1e6), dispatch(3.5e6, 0, 3.9e6, 5.9e6)];
    const { lowNs, highNs } = correctPipeline({ dispatches, waitEndNs: 6e6, waitSteal: exactly(0) });
    expect(lowNs).toBeLessThanOrEqual(3.1e6);
    expect(highNs).toBeGreaterThanOrEqual(3.1e6);
  });

  it('counts steal in the last submit call behind the end of the device', () => {
    const dispatches = [dispatch(0, 3e6, 0.1e6, 0.2e6)];
    const { lowNs } = correctPipeline({ dispatches, waitEndNs: 3.6e6, waitSteal: exactly(0) });
    expect(lowNs).toBeLessThanOrEqual(0.6e6);
  });

  it('does not go below the union of the device time', () => {
    const dispatches = [dispatch(0, 5e6, 5.5e6, 8e6), dispatch(6e6, 2e6, 8.2e6, 9e6)];
    const busyNs = deviceBusyNs(dispatches);
    expect(busyNs).toBe(2.5e6 + 0.8e6);
    const { lowNs } = correctPipeline({ dispatches, waitEndNs: 12e6, waitSteal: exactly(3e6) });
    expect(lowNs).toBeGreaterThanOrEqual(busyNs);
  });

  it('counts overlapping device intervals once', () => {
    const devices = [
      { device: { startNs: 0, endNs: 5, uncertaintyNs: 0 } },
      { device: { startNs: 3, endNs: 4, uncertaintyNs: 0 } },
      { device: { startNs: 4, endNs: 9, uncertaintyNs: 0 } },
    ];
    expect(deviceBusyNs(devices)).toBe(9);
  });

  const ns = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
  const call = fc.record({
    ahead: ns(50e3),
    stealAhead: ns(4e6),
    start: ns(90e3),
    device: ns(3e6),
    behind: ns(50e3),
    stealBehind: ns(4e6),
  });

  it('holds the truth: the same pipeline without its steal', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 5 }), ns(4e6), (calls, stealWaiting) => {
        const stolen = playPipeline(calls, stealWaiting);
        const truthNs = playPipeline(
          calls.map((one) => ({ ...one, stealAhead: 0, stealBehind: 0 })),
          0,
        ).waitEndNs;
        const { lowNs, highNs } = correctPipeline(stolen);
        expect(lowNs).toBeLessThanOrEqual(truthNs + 1);
        expect(highNs).toBeGreaterThanOrEqual(truthNs - 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('needs a dispatch', () => {
    expect(() => correctPipeline({ dispatches: [], waitEndNs: 1, waitSteal: exactly(0) })).toThrow(
      /pipeline: it is empty/,
    );
  });
});

interface Call {
  readonly ahead: number;
  readonly stealAhead: number;
  /** From the doorbell until an idle device begins. */
  readonly start: number;
  readonly device: number;
  readonly behind: number;
  readonly stealBehind: number;
}

/** Plays a pipeline on a device that takes its work in order; steal in the wait hits the thread that waits at last. */
function playPipeline(calls: readonly Call[], stealWaiting: number): Parameters<typeof correctPipeline>[0] {
  let [nowNs, idleFromNs] = [0, 0];
  const dispatches = calls.map(({ ahead, stealAhead, start, device, behind, stealBehind }) => {
    const submitStartNs = nowNs;
    nowNs += ahead + stealAhead;
    const startNs = Math.max(nowNs + start, idleFromNs);
    idleFromNs = startNs + device;
    nowNs += behind + stealBehind;
    return {
      submitStartNs,
      submitEndNs: nowNs,
      submitSteal: exactly(stealAhead + stealBehind),
      device: { startNs, endNs: idleFromNs, uncertaintyNs: 0 },
    };
  });
  const waitEndNs = Math.max(nowNs, idleFromNs) + stealWaiting;
  return { dispatches, waitEndNs, waitSteal: exactly(stealWaiting) };
}
