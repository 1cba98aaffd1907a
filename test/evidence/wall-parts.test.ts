// Known amounts of every part are put into samples, by a simulated thread and by hand, and must come out within the bounds.
import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import type { PartId } from '../../src/evidence/evidence.ts';
import { type WallParts, wallParts } from '../../src/evidence/wall-parts.ts';
import type { SampleColumns } from '../../src/suite/case-run.ts';
import { caseRun, sampleColumns } from '../report/sample-report.ts';
import { DEVICE_NS, SUBMIT_NS, WAKE_UP_NS } from '../suite/simulated-world.ts';
import { counters, sampled, simulated } from './known-runs.ts';

function part({ parts }: WallParts, id: PartId) {
  const found = parts.find((one) => one.id === id);
  expect(found, id).toBeDefined();
  return found as NonNullable<typeof found>;
}

function expectWithin(parts: WallParts, id: PartId, truthNs: number, errorNs = 60): void {
  const { lowNs, ns, highNs } = part(parts, id);
  expect(lowNs, `${id}: low`).toBeLessThanOrEqual(truthNs + errorNs);
  expect(highNs, `${id}: high`).toBeGreaterThanOrEqual(truthNs - errorNs);
  expect(lowNs).toBeLessThanOrEqual(ns);
  expect(ns).toBeLessThanOrEqual(highNs);
}

function expectClosed(parts: WallParts): void {
  const sumNs = parts.parts.reduce((sum, { ns }) => sum + ns, 0);
  expect(sumNs / parts.wallMeanNs).toBeCloseTo(1, 4);
}

describe('wallParts() of a device of its own', () => {
  it('is submit, device and wake-up on a quiet machine', async () => {
    const parts = wallParts(await simulated(() => undefined), false);
    expect(parts.wallMeanNs).toBe(SUBMIT_NS + DEVICE_NS + WAKE_UP_NS);
    expectWithin(parts, 'submit', SUBMIT_NS);
    expectWithin(parts, 'device', DEVICE_NS);
    expect(part(parts, 'device')).toMatchObject({ lowNs: DEVICE_NS, ns: DEVICE_NS, highNs: DEVICE_NS });
    expectWithin(parts, 'wake-up', WAKE_UP_NS);
    expect(part(parts, 'run-queue').highNs).toBe(0);
    expectClosed(parts);
  });

  it('finds a wait for the CPU behind the wake-up, for certain', async () => {
    const waitNs = 400_000;
    const quiet = wallParts(await simulated(() => undefined), false);
    const parts = wallParts(
      await simulated(
        () => undefined,
        (thread) => thread.waitForCpu(waitNs),
      ),
      false,
    );
    expect(parts.wallMeanNs - quiet.wallMeanNs).toBeCloseTo(waitNs, 0);
    expectWithin(parts, 'run-queue', waitNs);
    expectWithin(parts, 'wake-up', WAKE_UP_NS);
    expectWithin(parts, 'device', DEVICE_NS, 0);
    expectClosed(parts);
  });

  it('finds a wait for the CPU that is longer than all that the device can hide', async () => {
    const waitNs = 3 * DEVICE_NS;
    const parts = wallParts(await simulated((thread) => thread.waitForCpu(waitNs)), false);
    expectWithin(parts, 'run-queue', waitNs);
    expect(part(parts, 'run-queue').lowNs).toBeGreaterThan(waitNs - DEVICE_NS - 100);
    expect(part(parts, 'run-queue').ns).toBeGreaterThan(0.9 * waitNs);
    expectWithin(parts, 'submit', SUBMIT_NS);
    expectClosed(parts);
  });

  it('finds steal in the submit call, and takes it out of there', async () => {
    const stolenNs = 300_000;
    const parts = wallParts(await simulated((thread) => thread.steal(stolenNs)), false);
    // A latency is not read behind the submit call, and the device may start 100 µs behind the doorbell.
    expectWithin(parts, 'steal', stolenNs);
    expectWithin(parts, 'submit', SUBMIT_NS);
    expectWithin(parts, 'wake-up', WAKE_UP_NS);
    expectClosed(parts);
  });

  it('does not count steal while the device works', () => {
    const ns = Array<number>(50).fill(4e6);
    // 1 ms was stolen from a spinning waiter in the middle: no sample is longer.
    const samples = sampleColumns(ns, {
      stealLowNs: ns.map(() => 1e6),
      stealHighNs: ns.map(() => 1e6),
      correctedLowNs: ns.map((gpu) => gpu + 19_000),
    });
    const parts = wallParts(sampled(caseRun({ samples })), false);
    expect(part(parts, 'steal').highNs).toBeLessThanOrEqual(1000);
    expect(part(parts, 'device').ns * 10).toBe(4e6);
  });

  it('does not count a wait of a spinning thread that the device hides', () => {
    const ns = Array<number>(50).fill(4e6);
    const samples = sampleColumns(ns, { runQueueNs: ns.map(() => 1e6), timeslices: ns.map(() => 1) });
    const parts = wallParts(sampled(caseRun({ samples, iterations: 1 })), false);
    expect(part(parts, 'run-queue').lowNs).toBe(0);
    expect(part(parts, 'run-queue').ns).toBeLessThan(5_000);
    expect(part(parts, 'run-queue').highNs).toBe(14_000);
  });

  it('tells throttling from other waits', () => {
    const ns = Array<number>(20).fill(4e6);
    const samples = sampleColumns(ns, {
      wallNs: ns.map((gpu) => gpu + 520_000),
      ledgerWallNs: ns.map((gpu) => gpu + 522_000),
      wakeUpNs: ns.map(() => 509_000),
      correctedLowNs: ns.map((gpu) => gpu + 520_000),
      correctedHighNs: ns.map((gpu) => gpu + 520_000),
      runQueueNs: ns.map(() => 500_000),
      throttledNs: ns.map(() => 300_000),
      voluntarySwitches: ns.map(() => 1),
      timeslices: ns.map(() => 1),
    });
    const parts = wallParts(sampled(caseRun({ samples, iterations: 1 })), false);
    expect(part(parts, 'throttling')).toMatchObject({ lowNs: 300_000, highNs: 300_000 });
    expect(part(parts, 'run-queue')).toMatchObject({ lowNs: 200_000, highNs: 200_000 });
    expect(part(parts, 'wake-up').ns).toBeCloseTo(9_000, 0);
    expectClosed(parts);
  });

  it('has fewer parts where clocks lack, and never a 0 for them', () => {
    const none = (): SampleColumns['gpuNs'] => Array<null>(30).fill(null);
    const ids = (changes: Partial<SampleColumns>): readonly PartId[] =>
      wallParts(sampled(caseRun({ samples: sampleColumns(Array(30).fill(4e6), changes) })), false).parts.map(
        ({ id }) => id,
      );
    const noSplit = { queueNs: none(), wakeUpNs: none(), splitUncertaintyNs: none() };
    expect(ids(noSplit)).toEqual(['submit', 'device', 'wait', 'steal', 'run-queue']);
    expect(ids({ ...noSplit, gpuNs: none() })).toEqual(['submit', 'wait', 'steal', 'run-queue']);
    expect(ids({ runQueueNs: none(), correctedHighNs: none() })).toEqual([
      'submit',
      'queue',
      'device',
      'wake-up',
    ]);
    expect(ids({ ...noSplit, gpuNs: none(), submitNs: none() })).toEqual(['call', 'steal', 'run-queue']);
  });

  it('calls an operation in one piece what it is told', () => {
    const none = Array<null>(30).fill(null);
    const samples = sampleColumns(Array(30).fill(4e6), {
      submitNs: none,
      gpuNs: none,
      wakeUpNs: none,
      queueNs: none,
    });
    const parts = wallParts(sampled(caseRun({ samples })), false, 'copy');
    expect(parts.parts[0]?.id).toBe('copy');
    expectClosed(parts);
  });
});

/** A software device whose one worker waits 1 ms for its CPU in a device time of 5 ms, and 2 ms behind it. */
function softwareColumns(count: number, changes: Partial<SampleColumns> = {}): SampleColumns {
  const ns = Array<number>(count).fill(5e6);
  return sampleColumns(ns, {
    wallNs: ns.map((gpu) => gpu + 2_020_000),
    ledgerWallNs: ns.map((gpu) => gpu + 2_022_000),
    wakeUpNs: ns.map(() => 2_009_000),
    correctedLowNs: ns.map(() => 4e6),
    correctedHighNs: ns.map((gpu) => gpu + 2_020_000),
    correctedFloorNs: ns.map(() => 0),
    workersCpuNs: ns.map(() => 4e6),
    busiestWorkerCpuNs: ns.map(() => 4e6),
    workersRunQueueNs: ns.map(() => 3e6),
    workersDelayLowNs: ns.map(() => 0),
    ...changes,
  });
}

describe('wallParts() of a software device', () => {
  it('takes what its threads waited for out of device time and wake-up', () => {
    const samplingSteal = counters(0);
    const run = sampled(caseRun({ samples: softwareColumns(40), samplingSteal, iterations: 1 }));
    const parts = wallParts(run, true);
    expect(part(parts, 'device').ns).toBe(4e6);
    expectWithin(parts, 'run-queue', 3e6);
    expect(part(parts, 'run-queue').lowNs).toBeGreaterThan(0.7e6);
    expectWithin(parts, 'wake-up', 9_000, 10_000);
    expectClosed(parts);
  });

  it('takes no wait behind a worker that is stolen from for a delay', () => {
    // The device idles for 1 ms a sample, all of it stolen; the worker that waits meanwhile delays nothing.
    const samples = softwareColumns(40, {
      wallNs: Array(40).fill(5.02e6),
      ledgerWallNs: Array(40).fill(5.022e6),
      wakeUpNs: Array(40).fill(9_000),
      correctedHighNs: Array(40).fill(5.02e6),
      workersRunQueueNs: Array(40).fill(1e6),
    });
    const of = (stolenNs: number) =>
      wallParts(sampled(caseRun({ samples, samplingSteal: counters(stolenNs), iterations: 1 })), true);
    expect(part(of(40e6), 'run-queue')).toMatchObject({ lowNs: 0, highNs: 1e6 });
    expectWithin(of(40e6), 'steal', 1e6, 30_000);
    expect(part(of(40e6), 'steal').ns).toBeGreaterThan(0.9e6);
    expect(part(of(40e6), 'run-queue').ns).toBeLessThan(0.1e6);
    expectClosed(of(40e6));
    expect(part(of(0), 'run-queue').ns).toBeCloseTo(1e6, 0);
    expect(part(of(0), 'run-queue').lowNs).toBeGreaterThan(0.7e6);
  });

  it('is sure of what was counted on the only CPU, less the time beside the samples', () => {
    const samples = softwareColumns(40, { startNs: Array.from({ length: 40 }, (_, i) => i * 7.5e6) });
    const of = (cpus: number[], stolenNs: number) => {
      const samplingSteal = counters(stolenNs);
      if (!samplingSteal.available) throw new Error('made up above');
      const changed = available({ ...samplingSteal.value, cpus });
      return part(
        wallParts(sampled(caseRun({ samples, samplingSteal: changed, iterations: 1 })), true),
        'steal',
      );
    };
    // 40 samples of 7.02 ms and 39 gaps of 0.48 ms; 30 ms are three ticks.
    expect(of([0], 100e6).lowNs * 40).toBeCloseTo(100e6 - 30e6 - 39 * 480_000, -1);
    expect(of([0, 1], 100e6).lowNs).toBe(0);
    expect(of([0], 20e6).lowNs).toBe(0);
  });

  it('bounds steal by the counters of the CPUs', () => {
    const samplingSteal = counters(40e6);
    const samples = softwareColumns(40, {
      workersRunQueueNs: Array(40).fill(0),
      wakeUpNs: Array(40).fill(9_000),
    });
    const ns = samples.gpuNs.map((gpu) => (gpu as number) + 20_000);
    const columns = { ...samples, wallNs: ns, correctedHighNs: ns.map((wall) => wall - 800_000) };
    const parts = wallParts(sampled(caseRun({ samples: columns, samplingSteal, iterations: 1 })), true);
    expect(part(parts, 'steal').lowNs).toBeCloseTo(800_000, 0);
    expect(part(parts, 'steal').ns).toBeLessThanOrEqual(1e6);
    expect(part(parts, 'steal').highNs).toBeCloseTo(1_020_000, -5);
    expectWithin(parts, 'device', 4e6, 200_000);
    expectClosed(parts);
  });
});
