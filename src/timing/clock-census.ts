// Everything that can be known of this machine's clocks in a few seconds: cost, resolution, the null distribution of
// both snapshots, drift between the clocks, and the tier that follows. Loads no Vulkan; renders nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Available, mapAvailable } from '../base/availability.ts';
import { ACCOUNT_SOURCES } from './account-sources.ts';
import { type ClockDiscipline, readClockDiscipline } from './clock-discipline.ts';
import { beginDrift, type ClockDrift, type EndDrift } from './clock-drift.ts';
import type { ClockSource, ClockSourceRecord, SourceCost } from './clock-source.ts';
import { CLOCK_SOURCES } from './clock-sources.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { CLOCK, openLibc } from './libc.ts';
import { type MeasureSourceOptions, measureLoopCost, measureSource } from './measure-source.ts';
import { type NullSurvey, surveyNullWindows } from './null-windows.ts';
import { currentCpu, type PinChoice, pinThread } from './pinning.ts';
import { probeTiming, type TimingCapabilities } from './probe.ts';
import { bindClock, openKoffiSnapshotClock } from './snapshot-koffi.ts';
import { bindHrtime, openPureSnapshotClock } from './snapshot-pure.ts';

/** The rate of one clock against another. Plain data. */
export interface DriftRecord {
  readonly clock: string;
  readonly reference: string;
  readonly drift: Available<ClockDrift>;
}

/** What the census found. Plain data for a report; all durations in ns. */
export interface ClockCensus {
  readonly verdict: TierVerdict;
  /** Evidence behind the tier. */
  readonly capabilities: TimingCapabilities;
  readonly cpu: CensusCpu;
  /** One turn of the loop by which every cost was measured: contained in the costs. */
  readonly loopCost: SourceCost;
  readonly sources: readonly ClockSourceRecord[];
  readonly nullWindows: readonly Available<NullSurvey>[];
  readonly drifts: readonly DriftRecord[];
  /** What the time daemon does to CLOCK_MONOTONIC at the end of the census. */
  readonly discipline: Available<ClockDiscipline>;
}

/** Where the measuring thread ran. */
export interface CensusCpu {
  /** Why the thread stayed on one CPU, or why it was free to move. */
  readonly pinned: Available<{ readonly cpu: number; readonly rule: string }>;
  /** The CPUs on which it was when the census began and ended. */
  readonly start: Available<number>;
  readonly end: Available<number>;
}

/** How long to look, and where. */
export interface CensusOptions {
  /** The least span over which clocks are compared, in ns. Default 3 s; sources and windows take about 2.7 s of it. */
  readonly spanNs?: number;
  /** Null windows of 1 ms per snapshot clock, as many as fit into 2 s. Default 1000. */
  readonly windows?: number;
  /** The CPU to bind the thread to for the census. Default `none`. */
  readonly pin?: PinChoice;
  /** Called when everything is measured but the span is not over: its signal ends the span early. */
  readonly whileWaiting?: () => AbortSignal;
}

/** Every source there is, those of the process first. */
const ALL_SOURCES: readonly ClockSource[] = [...CLOCK_SOURCES, ...ACCOUNT_SOURCES];

/**
 * Takes the census on the calling thread, which has its CPUs back afterwards.
 *
 * @throws GuestmarkError (usage) when the thread may not run on the CPU to pin it to.
 */
export async function takeClockCensus(options: CensusOptions = {}): Promise<ClockCensus> {
  const pin = pinThread(options.pin ?? 'none');
  try {
    const start = currentCpu();
    const found = await takeCensus(options);
    const pinned = mapAvailable(pin, ({ cpu, rule }) => ({ cpu, rule }));
    return { ...found, cpu: { pinned, start, end: currentCpu() } };
  } finally {
    if (pin.available) pin.value.restore();
  }
}

async function takeCensus({
  spanNs = 3e9,
  windows = 1000,
  whileWaiting,
}: CensusOptions): Promise<Omit<ClockCensus, 'cpu'>> {
  const nowNs = bestNow();
  const startNs = nowNs();
  const { verdict, capabilities } = probeTiming();
  const drifts = beginDrifts();
  const sources = measureAllSources();
  // Behind the sources, when the loop has been compiled for all of them.
  const loopCost = measureLoopCost(nowNs);
  const nullWindows = surveyBothSnapshots(verdict, windows);
  const leftMs = (spanNs - (nowNs() - startNs)) / 1e6;
  if (leftMs > 0) await pause(leftMs, whileWaiting?.());
  return {
    verdict,
    capabilities,
    loopCost,
    sources,
    nullWindows,
    drifts: drifts.map(endDrift),
    discipline: readClockDiscipline(),
  };
}

/** An early end is no error: the drifts are then known less well. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
}

function endDrift({ clock, reference, end }: BegunDrift): DriftRecord {
  return { clock, reference, drift: end.available ? end.value() : end };
}

/**
 * Measures every source that this machine has, on the calling thread; of the others it gives the reason. Takes
 * about a second, or 0.2 s with limits of 1 ms.
 */
export function measureAllSources(options: MeasureSourceOptions = {}): readonly ClockSourceRecord[] {
  const nowNs = bestNow();
  return ALL_SOURCES.map((source) => measureSource(source, nowNs, options));
}

/**
 * Measures some of them, by their names; limits of 1 ms make that some 15 ms for each.
 *
 * @throws RangeError where there is no source of a name.
 */
export function measureSources(
  names: readonly string[],
  options: MeasureSourceOptions = {},
): readonly ClockSourceRecord[] {
  const nowNs = bestNow();
  return names.map((name) => {
    const source = ALL_SOURCES.find((one) => one.name === name);
    if (source === undefined) throw new RangeError(`Cannot measure "${name}": there is no such source`);
    return measureSource(source, nowNs, options);
  });
}

/** The clock to measure others with: never slewed where koffi is there. */
function bestNow(): () => number {
  const libc = openLibc();
  return libc.available ? bindClock(libc.value, CLOCK.MONOTONIC_RAW) : bindHrtime();
}

/** For the windows of one clock: twice what 1,000 take on an idle CPU. */
const WINDOWS_LIMIT_NS = 2e9;

function surveyBothSnapshots(verdict: TierVerdict, windows: number): readonly Available<NullSurvey>[] {
  const clocks = [{ available: true, value: openPureSnapshotClock() } as const, openKoffiSnapshotClock()];
  return clocks.map((opened) =>
    mapAvailable(opened, (clock) => {
      using open = clock;
      return surveyNullWindows(open, verdict, { windows, limitNs: WINDOWS_LIMIT_NS });
    }),
  );
}

interface BegunDrift {
  readonly clock: string;
  readonly reference: string;
  readonly end: Available<EndDrift>;
}

function beginDrifts(): readonly BegunDrift[] {
  const monotonic = bindHrtime();
  const libc = openLibc();
  return [
    {
      clock: 'CLOCK_MONOTONIC',
      reference: 'CLOCK_MONOTONIC_RAW',
      end: mapAvailable(libc, (value) =>
        beginDrift(bindClock(value, CLOCK.MONOTONIC), bindClock(value, CLOCK.MONOTONIC_RAW)),
      ),
    },
    {
      clock: 'performance.now',
      reference: 'CLOCK_MONOTONIC',
      end: { available: true, value: beginDrift(() => performance.now() * 1e6, monotonic) },
    },
  ];
}
