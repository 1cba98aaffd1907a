// CPU time and run-queue wait of other threads of this process: the workers of a software device, on whose
// CPUs the "device" computes. Read outside of every timed region; where a worker sleeps at that time, as it
// does between submissions, its CPU time is up to date.
import { openThreadSchedstat, type Schedstat, type ThreadSchedstat } from './thread-schedstat.ts';

/** Reads the ledgers of the workers that it knows of. */
export interface WorkerLedgers extends Disposable {
  /** The threads whose ledgers are read. */
  threadIds(): readonly number[];
  /** Looks for workers again: drivers start some of them with the first dispatch. Earlier readings are void then. */
  rescan(): void;
  /** Room for {@link WorkerLedgers.read}: CPU time and run-queue wait of each worker, in turn, in ns. */
  newReading(): Float64Array;
  /** Overwrites `into`. A worker that has ended keeps its last values. */
  read(into: Float64Array): void;
}

/** Opens the ledgers of the threads that `find` gives; one that is gone already is left out. */
export function openWorkerLedgers(find: () => readonly number[]): WorkerLedgers {
  const opened = new Map<number, ThreadSchedstat>();
  const stat: Schedstat = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
  let files: readonly ThreadSchedstat[] = [];
  const rescan = (): void => {
    for (const id of find()) {
      if (opened.has(id)) continue;
      const file = openThreadSchedstat(`/proc/self/task/${id}/schedstat`);
      if (file.available) opened.set(id, file.value);
    }
    files = [...opened.values()];
  };
  rescan();
  return {
    threadIds: () => [...opened.keys()],
    rescan,
    newReading: () => new Float64Array(2 * files.length),
    read: (into) => {
      for (let i = 0; i < files.length; i++) {
        if (!readAlive(files[i] as ThreadSchedstat, stat)) continue;
        into[2 * i] = stat.cpuNs;
        into[2 * i + 1] = stat.runQueueNs;
      }
    },
    [Symbol.dispose]: () => {
      for (const file of files) file[Symbol.dispose]();
    },
  };
}

/** The file of a thread that ended cannot be read any more (ESRCH). */
function readAlive(file: ThreadSchedstat, into: Schedstat): boolean {
  try {
    file.read(into);
    return true;
  } catch {
    return false;
  }
}

/** What the workers did between two readings, in ns. */
export interface WorkerTimes {
  /** Of the worker that computed most. */
  readonly busiestCpuNs: number;
  /** Of all workers. */
  readonly cpuNs: number;
  readonly runQueueNs: number;
}

/** Adds up what happened between two readings of the same ledgers. */
export function workerTimes(from: Float64Array, to: Float64Array): WorkerTimes {
  let [busiestCpuNs, cpuNs, runQueueNs] = [0, 0, 0];
  for (let i = 0; i + 1 < to.length; i += 2) {
    const ownNs = (to[i] as number) - (from[i] as number);
    busiestCpuNs = Math.max(busiestCpuNs, ownNs);
    cpuNs += ownNs;
    runQueueNs += (to[i + 1] as number) - (from[i + 1] as number);
  }
  return { busiestCpuNs, cpuNs, runQueueNs };
}
