// A session on simulated time for the tests of whole cases: exact figures, and faults that cannot be provoked.
import { available, unavailable } from '../../src/base/availability.ts';
import type { Benchmark } from '../../src/suite/benchmark.ts';
import { makeCase } from '../../src/suite/case-id.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { runCase } from '../../src/suite/run-case.ts';
import type { Session } from '../../src/suite/session.ts';
import { caseSteal } from '../../src/timing/case-steal.ts';
import { type SimulatedThread, simulateThread } from '../../src/timing/snapshot-simulated.ts';
import { openSimulatedDevice, type SimulationOptions } from '../../src/vulkan/simulated-device.ts';
import { verdictA } from '../timing/verdicts.ts';
import { benchmark } from './benchmarks.ts';

/** One submission: 5 µs of submitting, 1 ms of device time, 20 µs until the thread runs again. */
export const SUBMIT_NS: number = 5_000;
export const DEVICE_NS: number = 1_000_000;
export const WAKE_UP_NS: number = 20_000;

/** A session and the thread that it pretends to measure. */
export interface World {
  readonly thread: SimulatedThread;
  readonly session: Session;
}

/** A session on a simulated thread and device; `execute` counts correctly unless told otherwise. */
export function world(parts: Partial<SimulationOptions> = {}, session: Partial<Session> = {}): World {
  const thread = simulateThread({ wallClock: 'CLOCK_MONOTONIC' });
  const now = (): bigint => BigInt(thread.stamps.nowNs());
  const device = openSimulatedDevice({
    execute: (_, { buffers }) => {
      const counter = new Uint32Array((buffers.counter as Uint8Array).buffer);
      counter[0] = (counter[0] as number) + 1;
    },
    onSubmit: () => thread.run(SUBMIT_NS),
    onWait: ({ iterations }) => thread.block(iterations * DEVICE_NS + WAKE_UP_NS),
    nowTicks: now,
    deviceTicks: ({ iterations }) => BigInt(iterations * DEVICE_NS),
    calibrate: () => ({ deviceTicks: now(), cpuNs: now(), maxDeviationNs: 2 }),
    ...parts,
  });
  return {
    thread,
    session: {
      device,
      clocks: {
        snapshot: thread.clock,
        stamp: thread.stamps,
        verdict: verdictA,
        countSteal: () => {
          const ticks = (): Map<number, number> => new Map([[0, Math.floor(thread.stolenNs() / 1e7)]]);
          const before = ticks();
          return () => available(caseSteal(before, ticks(), 1e7));
        },
        workers: null,
        throttling: null,
        stalls: () => unavailable('not watched'),
        watchDevice: () => () => unavailable('the device is simulated'),
        watchInterrupts: () => () => unavailable('the device is simulated'),
        watchCounters: () => () => unavailable('the device is simulated'),
        driverThreads: () => [],
        offCpu: null,
        stolenShare: () => 0,
      },
      options: {
        run: 2,
        minTimeNs: 10e6,
        maxTimeNs: 50e6,
        timeoutNs: 60e9,
        seed: 1,
        wait: 'block',
        ledger: true,
        verify: 'around',
        memoryLimitBytes: null,
        dumpFolder: null,
      },
      opening: unavailable('the device is simulated'),
      guest: {
        cpus: unavailable('the thread is simulated'),
        place: () => unavailable('the thread is simulated'),
        keepAwake: async () => unavailable('the thread is simulated'),
        hog: async () => unavailable('the thread is simulated'),
        futexPartner: async () => unavailable('the thread is simulated'),
      },
      epochNs: 0,
      interrupted: () => false,
      breathe: async () => undefined,
      ...session,
    },
  };
}

/** Runs the counting benchmark, with what a test wants to be different. */
export function run(session: Session, parts: Partial<Benchmark> = {}): Promise<CaseRun> {
  return runCase(session, makeCase(benchmark(parts), { n: 4 }));
}
