// The entry point of the thread that watches: pins itself, calibrates, says so, and spins until it is told to end. Its
// clocks are its own: a ledger belongs to the thread that opened it.
import { parentPort, workerData } from 'node:worker_threads';
import { type Available, available, unavailable } from '../base/availability.ts';
import type { StampClock, WallClock } from './clock.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { openLibc } from './libc.ts';
import { openSnapshotClock } from './open-snapshot-clock.ts';
import { openStampClock } from './open-stamp-clock.ts';
import { openPerformanceStampClock } from './performance-stamp.ts';
import { moveThread } from './pinning.ts';
import { calibrateStalls, type StallCalibration } from './stall-calibration.ts';
import { openStallRing } from './stall-ring.ts';
import { watchStalls } from './stall-watch.ts';
import { ownThreadId } from './thread-ids.ts';
import { nameOwnThread } from './thread-name.ts';

/** What the thread is started with. */
export interface WatchOrder {
  readonly memory: SharedArrayBuffer;
  readonly capacity: number;
  /** Where to watch; null where the scheduler chooses. */
  readonly cpu: number | null;
  readonly thresholdNs: 'auto' | number;
  readonly clock: WallClock;
  readonly epochSeconds: number;
  readonly prefer: 'auto' | 'pure-node';
  readonly verdict: TierVerdict;
}

/** What the thread says when it begins to watch. Plain data. */
export interface WatchBegun {
  readonly cpu: Available<number>;
  /** The thread: it computes all the time, so whoever follows the threads of this process must know it. */
  readonly threadId: Available<number>;
  readonly stampClock: WallClock;
  readonly snapshotClock: string;
  readonly calibration: StallCalibration;
}

watch(workerData as WatchOrder);

function watch(order: WatchOrder): void {
  const stamp = openLoopClock(order);
  if (!stamp.available) {
    parentPort?.postMessage(stamp);
    return;
  }
  nameOwnThread('watch');
  const cpu = order.cpu === null ? unavailable('the scheduler chooses the CPU') : moveThread(order.cpu);
  const { clock: snapshot } = openSnapshotClock({ prefer: order.prefer });
  const clocks = { stamp: stamp.value, snapshot, verdict: order.verdict };
  const calibration = calibrateStalls(clocks, order.thresholdNs);
  const ring = openStallRing(order.memory, order.capacity);
  const begun: WatchBegun = {
    cpu,
    threadId: ownThreadId(),
    stampClock: stamp.value.name,
    snapshotClock: snapshot.name,
    calibration,
  };
  ring.begin(stamp.value.nowNs(), Number.POSITIVE_INFINITY);
  parentPort?.postMessage(available(begun));
  watchStalls(clocks, calibration, ring);
  snapshot[Symbol.dispose]();
}

function openLoopClock({ clock, epochSeconds, prefer }: WatchOrder): Available<StampClock> {
  if (clock === 'CLOCK_MONOTONIC' && (prefer === 'pure-node' || !openLibc().available)) {
    return available(openPerformanceStampClock(epochSeconds));
  }
  return openStampClock({ clock, epochSeconds, prefer });
}
