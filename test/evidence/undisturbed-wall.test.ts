// The undisturbed wall of runs whose truth is known.
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { undisturbedWall } from '../../src/evidence/undisturbed-wall.ts';
import { median } from '../../src/stats/quantile.ts';
import type { SampleColumns } from '../../src/suite/case-run.ts';
import { caseRun, sampleColumns } from '../report/sample-report.ts';
import { DEVICE_NS, SUBMIT_NS, WAKE_UP_NS } from '../suite/simulated-world.ts';
import { sampled, simulated } from './known-runs.ts';

const WALL_NS = SUBMIT_NS + DEVICE_NS + WAKE_UP_NS;

describe('undisturbedWall()', () => {
  it('holds the quiet wall of a thread that waits for its CPU and is stolen from', async () => {
    const disturbed = await simulated(
      (thread) => thread.steal(200_000),
      (thread) => thread.waitForCpu(400_000),
    );
    const bounds = undisturbedWall(disturbed, false);
    if (!bounds.available) throw new Error(bounds.reason);
    expect(median(disturbed.samples.wallNs)).toBe(WALL_NS + 600_000);
    expect(median(bounds.value.lowNs)).toBeLessThanOrEqual(WALL_NS + 60);
    expect(median(bounds.value.highNs)).toBeGreaterThanOrEqual(WALL_NS - 60);
    expect(Math.min(...bounds.value.lowNs)).toBeGreaterThanOrEqual(DEVICE_NS);
  });

  it('is the wall time of a quiet machine where no counter allows more', () => {
    const steal = { totalNs: 0, perCpuNs: { cpu0: 0 }, tickNs: 10e6, note: null };
    const samplingSteal = available({ ...steal, cpus: [0], cpusReason: 'pinned', ceilingNs: 0 });
    const quiet = sampled(caseRun({ samples: sampleColumns(Array(30).fill(4e6)), samplingSteal }));
    const bounds = undisturbedWall(quiet, false);
    expect(bounds).toMatchObject({ available: true });
    if (bounds.available) expect([bounds.value.lowNs[0], bounds.value.highNs[0]]).toEqual([402_000, 402_000]);
  });

  it('says what is not known', () => {
    const none = Array<null>(30).fill(null);
    const of = (changes: Partial<SampleColumns>) =>
      undisturbedWall(sampled(caseRun({ samples: sampleColumns(Array(30).fill(4e6), changes) })), false);
    expect(of({ runQueueNs: none })).toEqual(unavailable('the run-queue wait of the samples is not known'));
    expect(of({ correctedHighNs: none })).toEqual(unavailable('nothing is known of steal in the samples'));
  });
});
