// Measures k, the bias of off-CPU times per block, on this machine: short waits whose steal is almost always
// zero, so that what W − C − O differs from zero by is the bias. Takes about 40 ms, once.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SwitchBias } from './blocked-split.ts';
import type { SnapshotClock } from './clock.ts';
import { median, quantile } from './median.ts';
import { emptyOffCpu, type OffCpuLedger } from './off-cpu.ts';
import type { DrainSwitches } from './switch-records.ts';

/** What a calibration needs, all of the calling thread. */
export interface SwitchBiasSources {
  readonly clock: SnapshotClock;
  readonly ledger: OffCpuLedger;
  readonly drain: DrainSwitches;
  /** CLOCK_MONOTONIC in ns since boot, as in the records. */
  readonly nowNs: () => number;
  /** Blocks for so long. Default: a futex wait. */
  readonly wait?: (durationMs: number) => void;
}

const WAITS = 24;
const MIN_WAITS = 8;
/** What k may grow by when the machine is loaded later, or waits become longer: twice the upper tenth was seen. */
const LATER_FACTOR = 2;
/** A CPU that was idle for milliseconds wakes up colder than one that was not. */
const LENGTHS_MS = [0.1, 1, 4] as const;

/** Measures k. Fails where the thread is switched about so much that hardly any wait is undisturbed. */
export function calibrateSwitchBias(sources: SwitchBiasSources): Available<SwitchBias> {
  const { clock, ledger, drain, nowNs, wait = futexWait } = sources;
  if (!clock.runQueue.available) return clock.runQueue;
  const from = clock.newSnapshot();
  const to = clock.newSnapshot();
  const span = emptyOffCpu();
  const biases: number[] = [];
  for (let i = 0; i < WAITS; i++) {
    clock.take(from);
    ledger.endSpan(nowNs(), drain, span);
    wait(LENGTHS_MS[i % LENGTHS_MS.length] as number);
    clock.take(to);
    ledger.endSpan(nowNs(), drain, span);
    const undisturbed = span.blocks === 1 && span.switchesOut === 1;
    if (!undisturbed || span.switchesIn !== to.timeslices - from.timeslices) continue;
    biases.push(span.offNs - (to.wallNs - from.wallNs - (to.cpuNs - from.cpuNs)));
  }
  if (biases.length < MIN_WAITS) {
    return unavailable(
      `only ${biases.length} of ${WAITS} waits were undisturbed: the bias of a switch is not known`,
    );
  }
  return available({
    perBlockNs: median(biases),
    lowNs: Math.max(0, quantile(biases, 0.1)),
    highNs: Math.max(0, LATER_FACTOR * quantile(biases, 0.9)),
    waits: biases.length,
  });
}

function futexWait(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
