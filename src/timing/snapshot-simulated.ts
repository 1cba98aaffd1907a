// A scripted thread: wall time passes only when the script says how (running, waiting for a CPU,
// stolen, blocked). Tests and the simulated device inject steal through it and know the truth.
import { available } from '../base/availability.ts';
import { emptySnapshot, type SnapshotClock, type StampClock, type WallClock } from './clock.ts';
import type { DrainSwitches, SwitchRecord } from './switch-records.ts';

/** How the simulated kernel and clock behave. */
export interface SimulatedThreadOptions {
  /** Default CLOCK_MONOTONIC_RAW. */
  readonly wallClock?: WallClock;
  /** Default 0: the two clocks run at one rate. */
  readonly rateError?: number;
  /** Wall time in ns between the two reads of a snapshot, which passes running. Default 0. */
  readonly widthNs?: number;
  /** `false` models a kernel without paravirtual time accounting: steal is charged as CPU time. Default `true`. */
  readonly excludesSteal?: boolean;
  /** `process` models the pure-Node clock. Default `thread`. */
  readonly switchScope?: 'thread' | 'process';
  /** How long in ns the thread runs again after a block before its switch is stamped (k of the bias). Default 0. */
  readonly switchBiasNs?: number;
}

/** A thread whose time the caller spends. All durations are ns and not negative. */
export interface SimulatedThread {
  readonly clock: SnapshotClock;
  readonly stamps: StampClock;
  /** Its context switches, stamped by `stamps`. */
  readonly drain: DrainSwitches;
  /** The thread runs. */
  run(durationNs: number): void;
  /** Another task runs; the thread waits in the run queue. */
  waitForCpu(durationNs: number): void;
  /** The hypervisor runs something else. */
  steal(durationNs: number): void;
  /** Steal that the kernel drops and charges as run time (timing facts: the wake-up finding). */
  stealUnseen(durationNs: number): void;
  /** The thread sleeps until something wakes it. */
  block(durationNs: number): void;
  /** The truth: all steal so far, seen or not. */
  stolenNs(): number;
}

/** Opens a simulated thread at time 0. */
export function simulateThread(options: SimulatedThreadOptions = {}): SimulatedThread {
  const { widthNs = 0, excludesSteal = true, wallClock = 'CLOCK_MONOTONIC_RAW', switchBiasNs = 0 } = options;
  const now = emptySnapshot();
  let stolenNs = 0;
  const spend = (durationNs: number, account?: 'cpuNs' | 'runQueueNs'): void => {
    if (!(durationNs >= 0))
      throw new RangeError(`Cannot spend ${durationNs} ns: time does not run backwards`);
    now.wallNs += durationNs;
    if (account !== undefined) now[account] += durationNs;
  };
  const switches: SwitchRecord[] = [];
  const record = (out: boolean, preempt: boolean): void => {
    switches.push({ threadId: 1, processId: 1, cpu: 0, atNs: now.wallNs, out, preempt, ended: false });
  };
  return {
    clock: simulatedClock(options, () => {
      spend(widthNs, 'cpuNs');
      return {
        ...now,
        wallNs: now.wallNs - widthNs / 2,
        cpuNs: now.cpuNs - widthNs / 2,
        widthNs,
        attempts: 1,
        cpu: 0,
      };
    }),
    stamps: { name: wallClock, epochSeconds: 0, costNs: 0, nowNs: () => now.wallNs, toNs: Number },
    drain: (onSwitch) => {
      for (const one of switches.splice(0)) onSwitch(one);
      return 0;
    },
    run: (durationNs) => spend(durationNs, 'cpuNs'),
    waitForCpu: (durationNs) => {
      record(true, true);
      spend(durationNs, 'runQueueNs');
      record(false, false);
      now.involuntarySwitches++;
      now.timeslices++;
    },
    steal: (durationNs) => {
      spend(durationNs, excludesSteal ? undefined : 'cpuNs');
      stolenNs += durationNs;
    },
    stealUnseen: (durationNs) => {
      spend(durationNs, 'cpuNs');
      stolenNs += durationNs;
    },
    block: (durationNs) => {
      record(true, false);
      spend(durationNs);
      spend(switchBiasNs, 'cpuNs');
      record(false, false);
      now.voluntarySwitches++;
      now.timeslices++;
    },
    stolenNs: () => stolenNs,
  };
}

function simulatedClock(
  options: SimulatedThreadOptions,
  read: () => ReturnType<typeof emptySnapshot>,
): SnapshotClock {
  return {
    name: 'simulated',
    wallClock: options.wallClock ?? 'CLOCK_MONOTONIC_RAW',
    rateError: options.rateError ?? 0,
    cpuScope: 'thread',
    switchScope: options.switchScope ?? 'thread',
    runQueue: available('simulated'),
    newSnapshot: emptySnapshot,
    take: (into) => {
      Object.assign(into, read());
    },
    takeBrief: (into) => {
      const { wallNs, cpuNs, voluntarySwitches, widthNs } = read();
      Object.assign(into, { wallNs, cpuNs, voluntarySwitches, widthNs });
    },
    [Symbol.dispose]: () => {},
  };
}
