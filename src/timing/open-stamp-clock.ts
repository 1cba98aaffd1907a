// Cheap time stamps for the instants inside a sample. One call, no BigInt, no allocation on the
// koffi side; the pure-Node side reads CLOCK_MONOTONIC only.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { StampClock, WallClock } from './clock.ts';
import { CLOCK, openLibc } from './libc.ts';
import { bindClock } from './snapshot-koffi.ts';
import { bindHrtime } from './snapshot-pure.ts';

/** Which clock to stamp with. */
export interface StampClockChoice {
  /** Default CLOCK_MONOTONIC: the clock that every driver's calibrated timestamps know. */
  readonly clock?: WallClock;
  /** `pure-node` leaves koffi alone. Default `auto`. */
  readonly prefer?: 'auto' | 'pure-node';
  /** The second that counts as 0, to share one scale between threads. Default: the current second. */
  readonly epochSeconds?: number;
}

/** Opens a stamp clock, or says why the wanted clock cannot be read. CLOCK_MONOTONIC always can. */
export function openStampClock(choice: StampClockChoice = {}): Available<StampClock> {
  const name = choice.clock ?? 'CLOCK_MONOTONIC';
  const libc = choice.prefer === 'pure-node' ? unavailable('koffi was not asked for') : openLibc();
  if (libc.available) {
    const id = name === 'CLOCK_MONOTONIC' ? CLOCK.MONOTONIC : CLOCK.MONOTONIC_RAW;
    const epoch = choice.epochSeconds ?? Math.floor(bindClock(libc.value, id, 0)() / 1e9);
    return available(stampClock(name, epoch, bindClock(libc.value, id, epoch)));
  }
  if (name !== 'CLOCK_MONOTONIC') return unavailable(`${name} needs koffi; ${libc.reason}`);
  const epoch = choice.epochSeconds ?? process.hrtime()[0];
  return available(stampClock(name, epoch, bindHrtime(epoch)));
}

/** A stamp clock of a function that reads the time; measures what it costs. */
export function stampClock(name: WallClock, epochSeconds: number, nowNs: () => number): StampClock {
  const epochNs = BigInt(epochSeconds) * 1_000_000_000n;
  return {
    name,
    epochSeconds,
    costNs: leastCostNs(nowNs),
    nowNs,
    toNs: (raw) => Number(raw - epochNs),
  };
}

const COST_BATCHES = 20;
const STAMPS_PER_BATCH = 100;

/** The least cost of a stamp over some batches: interruptions only ever add to it. About 0.2 ms in all. */
function leastCostNs(nowNs: () => number): number {
  let leastNs = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < COST_BATCHES; batch++) {
    const startNs = nowNs();
    for (let i = 1; i < STAMPS_PER_BATCH; i++) nowNs();
    leastNs = Math.min(leastNs, (nowNs() - startNs) / STAMPS_PER_BATCH);
  }
  return leastNs;
}
