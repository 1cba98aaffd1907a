// How much of the measured time the hypervisor took: bounds, never one number. Adds up what the ledger
// says about each sample and narrows it by what the CPUs' counters say about the whole case.
import type { SampledRun } from './case-samples.ts';

/** Bounds of the stolen share of the ledger's wall time, as ratios. */
export interface StealShare {
  readonly low: number;
  readonly high: number;
  /** Samples with bounds, of all. */
  readonly known: number;
  readonly samples: number;
  /** The upper bound comes, in some run, from the steal counters of the CPUs. */
  readonly narrowedByCounters: boolean;
  /** In some run the CPUs' counters show less than the thread was charged. */
  readonly disagree: boolean;
}

/** What tells the steal of a run. */
export interface StolenRun extends Pick<SampledRun, 'samplingSteal'> {
  readonly samples: Pick<SampledRun['samples'], 'stealLowNs' | 'stealHighNs' | 'ledgerWallNs'>;
}

/** Adds up the runs; null where no sample has bounds. */
export function stealShare(runs: readonly StolenRun[]): StealShare | null {
  const parts = runs.map(ofRun);
  const sum = (pick: (part: RunSteal) => number): number =>
    parts.reduce((total, part) => total + pick(part), 0);
  const wallNs = sum((part) => part.wallNs);
  if (wallNs <= 0) return null;
  return {
    low: sum((part) => part.lowNs) / wallNs,
    // Bounds of clocks and ticks can be longer than samples of some µs: no sample loses more than its own time.
    high: sum((part) => Math.max(part.lowNs, Math.min(part.highNs, part.ceilingNs, part.wallNs))) / wallNs,
    known: sum((part) => part.known),
    samples: sum((part) => part.samples),
    narrowedByCounters: parts.some((part) => part.ceilingNs < part.highNs),
    disagree: parts.some((part) => part.ceilingNs < part.lowNs),
  };
}

interface RunSteal {
  readonly wallNs: number;
  readonly lowNs: number;
  readonly highNs: number;
  readonly ceilingNs: number;
  readonly known: number;
  readonly samples: number;
}

function ofRun(run: StolenRun): RunSteal {
  const { stealLowNs, stealHighNs, ledgerWallNs } = run.samples;
  let [lowNs, highNs, wallNs, known] = [0, 0, 0, 0];
  ledgerWallNs.forEach((sampleWallNs, i) => {
    const [low, high] = [stealLowNs[i] ?? null, stealHighNs[i] ?? null];
    if (low === null || high === null || sampleWallNs === null) return;
    lowNs += low;
    highNs += high;
    wallNs += sampleWallNs;
    known++;
  });
  return { wallNs, lowNs, highNs, ceilingNs: counterCeilingNs(run), known, samples: ledgerWallNs.length };
}

/** No more than this was stolen while the samples were taken; infinite where no counter is of use. */
function counterCeilingNs({ samplingSteal }: StolenRun): number {
  const ceilingNs = samplingSteal.available ? samplingSteal.value.ceilingNs : null;
  return ceilingNs ?? Number.POSITIVE_INFINITY;
}
