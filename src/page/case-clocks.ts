// The samples of every clock of a case, as the page draws them: per iteration, thinned and rounded. From raw columns; bounds
// of the corrected and undisturbed wall come from src/evidence.
import { ownValue } from '../base/own-value.ts';
import type { CaseEvidence, RunEvidence, TimeId } from '../evidence/evidence.ts';
import type { SampledRun } from '../report/case-samples.ts';
import type { SampleColumns, SparseColumn } from '../suite/case-run.ts';
import type { PAGE_CLOCKS } from './page-elements.ts';
import { MOST_SAMPLES, rounded, thinnedIndices } from './thin-samples.ts';

type ClockId = (typeof PAGE_CLOCKS)[number];
type Clocks = Record<string, readonly (readonly (number | null)[])[]>;

/** Clocks that are a column each; a submission's own times are not divided by its iterations. */
const COLUMNS: readonly (readonly [TimeId, keyof SampleColumns, 'iteration' | 'submission'])[] = [
  ['gpuTime', 'gpuNs', 'iteration'],
  ['wallTime', 'wallNs', 'iteration'],
  ['cpuTime', 'cpuNs', 'iteration'],
  ['submitTime', 'submitNs', 'submission'],
  ['queueTime', 'queueNs', 'submission'],
  ['wakeUpTime', 'wakeUpNs', 'submission'],
];

/** Bounds by run; they are taken where there is one for every sample. */
const BOUNDS: readonly (readonly [ClockId, 'correctedWall' | 'undisturbedWall', 'lowNs' | 'highNs'])[] = [
  ['correctedWallLow', 'correctedWall', 'lowNs'],
  ['correctedWallHigh', 'correctedWall', 'highNs'],
  ['undisturbedWallLow', 'undisturbedWall', 'lowNs'],
  ['undisturbedWallHigh', 'undisturbedWall', 'highNs'],
];

/** Clocks of a case by id, one array a run; a clock that no sample has is missing. */
export function caseClocks(runs: readonly SampledRun[], evidence: CaseEvidence | undefined): Clocks {
  const clocks: Clocks = {};
  for (const [id, column, per] of COLUMNS) {
    if (isRefused(id, evidence)) continue;
    const values = runs.map((run) => thinned(run.samples[column], per === 'iteration' ? run.iterations : 1));
    if (values.some((run) => run.some((value) => value !== null))) clocks[id] = values;
  }
  for (const [id, bound, end] of BOUNDS) {
    const values = runs.map((run) => boundOf(run, evidence?.runs ?? [], bound, end));
    if (values.some(({ length }) => length > 0)) clocks[id] = values;
  }
  return clocks;
}

/** A clock that has values and that the evidence leaves out cannot be true: timestamps that contradict the wall time. */
function isRefused(id: TimeId, evidence: CaseEvidence | undefined): boolean {
  const runs = evidence?.runs ?? [];
  return runs.length > 0 && runs.every(({ times }) => times[id] === undefined);
}

function boundOf(
  { run, samples }: SampledRun,
  evidence: readonly RunEvidence[],
  bound: 'correctedWall' | 'undisturbedWall',
  end: 'lowNs' | 'highNs',
): readonly (number | null)[] {
  const found = evidence.find((one) => one.run === run)?.[bound];
  if (found?.available !== true) return [];
  const values = found.value[end];
  return values.length === samples.wallNs.length ? thinned(Array.from(values), 1) : [];
}

function thinned(column: SparseColumn, divisor: number): readonly (number | null)[] {
  return thinnedIndices(column.length, MOST_SAMPLES).map((index) => {
    const value = column[index] ?? null;
    return value === null ? null : rounded(value / divisor);
  });
}

/** All values of a clock that the page has, of all runs. */
export function clockValues(clocks: Readonly<Clocks>, id: ClockId): readonly number[] {
  return (ownValue(clocks, id) ?? []).flatMap((run) =>
    run.filter((value): value is number => value !== null),
  );
}
