// `guestmark stalls`: watches for holes in the clock of a spinning loop and says what made them. Needs no device. The
// loop has a thread of its own, so that Ctrl-C is heard; this one sleeps meanwhile.
import { type Available, mapAvailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { systemFiles } from '../base/system-files.ts';
import { formatNs } from '../base/units.ts';
import {
  type CaseSteal,
  caseSteal,
  probeTiming,
  readCpuSteal,
  type StallMonitor,
  startStallMonitor,
  type TierVerdict,
  tickLength,
} from '../timing/index.ts';
import { EXIT } from './exit-codes.ts';
import { type StallRecord, stallsTable } from './stalls-table.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command. */
export interface StallsOptions {
  readonly durationNs: number;
  readonly thresholdNs: 'auto' | number;
  readonly cpu: 'auto' | number;
  readonly json: boolean;
}

/**
 * Runs the command: watches, then prints. When it begins to watch it says so on standard error, in one line that
 * starts with `guestmark: watching`.
 *
 * @throws GuestmarkError (usage) when the wanted CPU cannot be watched, (environment) when no loop can run at all.
 */
export async function stallsCommand(
  options: StallsOptions,
  terminal: Terminal,
  untilInterrupted: () => AbortSignal,
): Promise<number> {
  const { verdict } = probeTiming();
  const { cpu, thresholdNs } = options;
  const started = await startStallMonitor({ cpu, thresholdNs, avoidCpu: null, verdict });
  if (!started.available) {
    const code = cpu === 'auto' ? 'environment' : 'usage';
    throw new GuestmarkError(code, `Cannot watch for stalls: ${started.reason}`);
  }
  const monitor = started.value;
  const signal = untilInterrupted();
  const endSteal = countSteal(monitor);
  terminal.note(`guestmark: watching ${placeOf(monitor)} for ${formatNs(options.durationNs)}`);
  await pause(options.durationNs / 1e6, signal);
  await monitor.stop();
  const record = recordOf(monitor, verdict, endSteal());
  terminal.print(
    options.json
      ? JSON.stringify(record, null, 2)
      : stallsTable(record, { width: terminal.width, color: terminal.color }),
  );
  if (record.failure !== null) throw new GuestmarkError('crash', `Cannot go on watching: ${record.failure}`);
  return signal.aborted ? EXIT.interrupted : EXIT.ok;
}

function placeOf({ cpu }: StallMonitor): string {
  return cpu.available ? `CPU ${cpu.value}` : 'a CPU of the scheduler’s choice';
}

function recordOf(monitor: StallMonitor, verdict: TierVerdict, steal: Available<CaseSteal>): StallRecord {
  const { cpu, stampClock, snapshotClock, calibration } = monitor;
  return {
    watched: monitor.watched(),
    cpu,
    stampClock,
    snapshotClock,
    tier: verdict.tier,
    tierTitle: verdict.title,
    tierReason: verdict.reason,
    calibration,
    stalls: monitor.stalls(),
    dropped: monitor.dropped(),
    sums: monitor.sums(),
    histogram: monitor.histogram().filter(({ count }) => count > 0),
    cpuSteal: mapAvailable(steal, ({ perCpu, tickNs }) => ({
      stealNs: perCpu.reduce((sum, { deltaNs }) => sum + (deltaNs.available ? deltaNs.value : 0), 0),
      tickNs,
    })),
    failure: monitor.failure(),
  };
}

/** Steal of the watched CPU by /proc/stat; of all CPUs where the thread is not bound to one. */
function countSteal({ cpu }: StallMonitor): () => Available<CaseSteal> {
  const before = readCpuSteal(systemFiles());
  const { tickNs } = tickLength();
  return () => {
    const after = readCpuSteal(systemFiles());
    if (!before.available) return before;
    return mapAvailable(after, (later) =>
      caseSteal(before.value, later, tickNs, cpu.available ? [cpu.value] : undefined),
    );
  };
}

/** Sleeps; ends early, and without an error, when interrupted. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
