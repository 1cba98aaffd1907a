// The watch for stalls beside a run: on a thread of its own in the process that measures, on the scale of its stamps.
// Only started when asked for, because it takes a CPU; what keeps it from starting is a reason in the report.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { StallWatchRecord } from '../report/report.ts';
import type { ReadStalls } from '../suite/case-stalls.ts';
import type { SessionClocks } from '../suite/session.ts';
import { type StallMonitor, startStallMonitor } from '../timing/index.ts';

/** A watch, or what stands for one that is not there. */
export interface StallSidecar {
  readonly read: ReadStalls;
  readonly record: Available<StallWatchRecord>;
  stop(): Promise<void>;
}

/**
 * Starts the watch. Call it on the measuring thread when that is where it will stay, and before the workers of a
 * software device are looked for again: the watching thread is none of them.
 *
 * @param cpus CPUs of the process, read before the measuring thread was bound to one.
 */
export async function startStallSidecar(
  { stamp, verdict, workers }: Pick<SessionClocks, 'stamp' | 'verdict' | 'workers'>,
  cpus: Available<readonly number[]>,
): Promise<StallSidecar> {
  const started = await startStallMonitor({
    clock: stamp.name,
    epochSeconds: stamp.epochSeconds,
    verdict,
    ...(cpus.available ? { cpus: cpus.value } : {}),
  });
  if (!started.available) return notWatching(started.reason);
  const { threadId } = started.value;
  if (threadId.available) workers?.leaveOut(threadId.value);
  return watching(started.value);
}

/** What stands for a watch that there is none of. */
export function notWatching(reason: string): StallSidecar {
  const none = unavailable(reason);
  return { read: () => none, record: none, stop: async () => undefined };
}

function watching(monitor: StallMonitor): StallSidecar {
  const { thresholdNs, interruptNs, turnNs } = monitor.calibration;
  return {
    read: () => {
      const failure = monitor.failure();
      if (failure !== null) return unavailable(`the watch ended: ${failure}`);
      const stalls = monitor.stalls();
      const dropped = monitor.dropped();
      return dropped > 0 ? unavailable(`${dropped} stalls did not fit into memory`) : available(stalls);
    },
    record: available({ cpu: monitor.cpu, turnNs, thresholdNs, interruptNs }),
    stop: monitor.stop,
  };
}
