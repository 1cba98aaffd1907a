// The watch as a sidecar: a thread of its own on a CPU of its own, so that the measuring thread does nothing for it.
// What it sees is its own CPU: a machine that stands still as a whole, and what happens to that CPU. A stall that
// hits only the measuring thread's CPU shows in that thread's ledger and not here.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Available, available, unavailable } from '../base/availability.ts';
import { systemFiles } from '../base/system-files.ts';
import type { WallClock } from './clock.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { openLibc } from './libc.ts';
import { probeTiming } from './probe.ts';
import type { Stall } from './stall.ts';
import { type CauseSum, type HoleBin, openStallRing, stallRingBytes } from './stall-ring.ts';
import type { WatchBegun, WatchOrder } from './stall-worker.ts';
import { allowedCpus } from './thread-cpus.ts';
import { chooseWatchCpu } from './watch-cpu.ts';

/** How to watch. */
export interface StallMonitorOptions {
  /** Where to watch. Default `auto`: a CPU other than {@link StallMonitorOptions.avoidCpu}. */
  readonly cpu?: 'auto' | number;
  /**
   * The CPU of the measured thread, on which the watch is refused: it would create the waiting that it finds. Default:
   * the CPU on which the caller runs now; null where nothing is measured meanwhile.
   */
  readonly avoidCpu?: number | null;
  /** The CPUs to choose from. Default: those that the calling thread may use; too few where it was pinned before. */
  readonly cpus?: readonly number[];
  /** Holes longer than this, in ns, are stalls. Default `auto`: twice the 90th percentile of the timer ticks. */
  readonly thresholdNs?: 'auto' | number;
  /** The clock of the stamps. Default CLOCK_MONOTONIC. */
  readonly clock?: WallClock;
  /** The second that counts as 0, to share the scale of a stamp clock. Default 0: absolute times of the clock. */
  readonly epochSeconds?: number;
  /** Stalls kept until they are read; further ones are counted as dropped. Default 16384 (1 MiB). */
  readonly capacity?: number;
  /** `pure-node` leaves koffi alone; the thread can then not be pinned. Default `auto`. */
  readonly prefer?: 'auto' | 'pure-node';
  /** What the ledger means on this machine. Default: probed. */
  readonly verdict?: TierVerdict;
}

/** A watch under way, or over. */
export interface StallMonitor extends WatchBegun {
  /** All stalls so far, by onset. Costs the caller time only when it is called. */
  stalls(): readonly Stall[];
  /** Stalls that were not kept because nobody read them in time; the sums contain them. */
  dropped(): number;
  sums(): readonly CauseSum[];
  /** All holes longer than a turn of the loop, stalls included. */
  histogram(): readonly HoleBin[];
  /** From when until when was watched, on the scale of the stalls. */
  watched(): { readonly startNs: number; readonly endNs: number };
  /** Why the watch ended by itself; null while it goes on and after an orderly end. */
  failure(): string | null;
  /** Ends the watch; what it found stays readable. */
  stop(): Promise<void>;
}

/** In tests the sources run uncompiled, but a thread needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/timing/stall-worker.js' : './stall-worker.js';
const CAPACITY = 16_384;

/**
 * Starts a watch and resolves when it watches, after about 0.3 s of calibration, or tells why it cannot be had.
 * An unfinished watch does not keep the process alive.
 */
export async function startStallMonitor(options: StallMonitorOptions = {}): Promise<Available<StallMonitor>> {
  const cpu = watchCpu(options);
  if (!cpu.available) return cpu;
  const capacity = options.capacity ?? CAPACITY;
  const memory = new SharedArrayBuffer(stallRingBytes(capacity));
  const order: WatchOrder = {
    memory,
    capacity,
    cpu: cpu.value,
    thresholdNs: options.thresholdNs ?? 'auto',
    clock: options.clock ?? 'CLOCK_MONOTONIC',
    epochSeconds: options.epochSeconds ?? 0,
    prefer: options.prefer ?? 'auto',
    verdict: options.verdict ?? probeTiming().verdict,
  };
  // Options of this process's Node (a debugger, a test runner's loader) are not the thread's.
  const worker = new Worker(new URL(ENTRY, import.meta.url), { workerData: order, execArgv: [] });
  const begun = await firstWord(worker);
  worker.unref();
  return begun.available ? available(monitorOf(worker, openStallRing(memory, capacity), begun.value)) : begun;
}

/** The CPU to pin to; null where the scheduler must choose because threads cannot be pinned. */
function watchCpu({ cpu = 'auto', avoidCpu, cpus, prefer }: StallMonitorOptions): Available<number | null> {
  const allowed = cpus === undefined ? allowedCpus(systemFiles()) : available(cpus);
  const libc = openLibc();
  if (!allowed.available) return cpu === 'auto' ? available(null) : allowed;
  const avoid = avoidCpu === undefined ? (libc.available ? libc.value.schedGetcpu() : null) : avoidCpu;
  const chosen = chooseWatchCpu(cpu, allowed.value, avoid);
  if (!chosen.available) return chosen;
  if (libc.available && prefer !== 'pure-node') return chosen;
  if (cpu !== 'auto') {
    return unavailable(
      `the thread cannot be pinned: ${libc.available ? 'koffi was not asked for' : libc.reason}`,
    );
  }
  if (avoidCpu !== null && allowed.value.length < 2) {
    return unavailable('one CPU is allowed: the watching thread would take it from the measured one');
  }
  return available(null);
}

/** What the thread says first: that it watches, or why it cannot. */
async function firstWord(worker: Worker): Promise<Available<WatchBegun>> {
  const gone = once(worker, 'exit').then(([code]) =>
    unavailable(`the watching thread ended with code ${code}`),
  );
  const said = once(worker, 'message').then(([word]) => word as Available<WatchBegun>);
  try {
    return await Promise.race([said, gone]);
  } catch (error) {
    return unavailable(
      `the watching thread failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function monitorOf(worker: Worker, ring: ReturnType<typeof openStallRing>, begun: WatchBegun): StallMonitor {
  const found: Stall[] = [];
  let failure: string | null = null;
  worker.on('error', (error: Error) => {
    failure = error.message;
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  return {
    ...begun,
    stalls: () => {
      for (const stall of ring.read()) found.push(stall);
      return found;
    },
    dropped: ring.dropped,
    sums: ring.sums,
    histogram: ring.histogram,
    watched: ring.watched,
    failure: () => failure,
    stop: () => {
      worker.ref();
      ring.stop();
      return exited;
    },
  };
}
