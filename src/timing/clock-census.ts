// Everything that can be known of this machine's clocks in a few seconds: cost, resolution, the null distribution of
// both snapshots, drift between the clocks, and the tier that follows. Loads no Vulkan; renders nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Available, mapAvailable } from '../base/availability.ts';
import { ACCOUNT_SOURCES } from './account-sources.ts';
import { beginDrift, type ClockDrift, type EndDrift } from './clock-drift.ts';
import type { ClockSource, ClockSourceRecord, SourceCost } from './clock-source.ts';
import { CLOCK_SOURCES } from './clock-sources.ts';
import type { TierVerdict } from './ledger-rules.ts';
import { CLOCK, openLibc } from './libc.ts';
import { measureLoopCost, measureSource } from './measure-source.ts';
import { type NullSurvey, surveyNullWindows } from './null-windows.ts';
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
  /** One turn of the loop by which every cost was measured: contained in the costs. */
  readonly loopCost: SourceCost;
  readonly sources: readonly ClockSourceRecord[];
  readonly nullWindows: readonly Available<NullSurvey>[];
  readonly drifts: readonly DriftRecord[];
}

/** How long to look. */
export interface CensusOptions {
  /** The least span over which clocks are compared, in ns. Default 3 s; sources and windows take about 2.7 s of it. */
  readonly spanNs?: number;
  /** Null windows of 1 ms per snapshot clock. Default 1000. */
  readonly windows?: number;
}

/** Every source there is, those of the process first. */
export const ALL_SOURCES: readonly ClockSource[] = [...CLOCK_SOURCES, ...ACCOUNT_SOURCES];

/** Takes the census on the calling thread. */
export async function takeClockCensus({
  spanNs = 3e9,
  windows = 1000,
}: CensusOptions = {}): Promise<ClockCensus> {
  const nowNs = bestNow();
  const startNs = nowNs();
  const { verdict, capabilities } = probeTiming();
  const drifts = beginDrifts();
  const sources = ALL_SOURCES.map((source) => measureSource(source, nowNs));
  // Behind the sources, when the loop has been compiled for all of them.
  const loopCost = measureLoopCost(nowNs);
  const nullWindows = surveyBothSnapshots(verdict, windows);
  await sleep(Math.max(0, (spanNs - (nowNs() - startNs)) / 1e6));
  return {
    verdict,
    capabilities,
    loopCost,
    sources,
    nullWindows,
    drifts: drifts.map(({ clock, reference, end }) => ({
      clock,
      reference,
      drift: end.available ? end.value() : end,
    })),
  };
}

/** The clock to measure others with: never slewed where koffi is there. */
function bestNow(): () => number {
  const libc = openLibc();
  return libc.available ? bindClock(libc.value, CLOCK.MONOTONIC_RAW) : bindHrtime();
}

function surveyBothSnapshots(verdict: TierVerdict, windows: number): readonly Available<NullSurvey>[] {
  const clocks = [{ available: true, value: openPureSnapshotClock() } as const, openKoffiSnapshotClock()];
  return clocks.map((opened) =>
    mapAvailable(opened, (clock) => {
      using open = clock;
      return surveyNullWindows(open, verdict, { windows });
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
