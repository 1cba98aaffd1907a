// The samples of a member that count: one run for each round with a window. Everything that is computed of a member begins here.
// Pure.

import { type Available, available, unavailable } from '../base/availability.ts';
import { correctedRun } from '../report/corrected-wall.ts';
import { stealShare } from '../report/steal-share.ts';
import { medianDraws } from '../stats/median-draws.ts';
import { median, quantileOfSorted, sortedCopy } from '../stats/quantile.ts';
import { around, type ValueInterval } from '../stats/ratio-interval.ts';
import { runMediansOf } from '../stats/ratio-of-runs.ts';
import { rateOf, samplesWithin } from './shared-window.ts';
import type { Phase, TenantRun, TenantSamples, TimesFigures, Window } from './tenants-report.ts';

/** A member in one round, without the samples outside of the window. */
export interface WindowedRun extends Pick<TenantRun, 'samplingSteal' | 'iterations'> {
  readonly round: number;
  readonly samples: TenantSamples;
  /** Iterations per second. */
  readonly ratePerSecond: number;
}

/** Of every phase with a window the run of a member; a window of one's own may be given. */
export function windowedRuns(
  phases: readonly Phase[],
  member: number,
  windowOf: (phase: Phase) => Available<Window> = ({ window }) => window,
): readonly WindowedRun[] {
  return phases.flatMap((phase) => {
    const window = windowOf(phase);
    const run = phase.tenants[member];
    if (!window.available || run === undefined || run.samples === null || run.status !== 'ok') return [];
    const samples = samplesWithin(run.samples, window.value);
    const { round } = phase;
    const { samplingSteal, iterations } = run;
    const perSample = iterations * (run.submissionsPerSample ?? 1);
    return [{ round, samplingSteal, iterations, samples, ratePerSecond: rateOf(samples, perSample) }];
  });
}

/** The parameters of all intervals. */
export interface FigureOptions {
  readonly seed: number;
  readonly resamples: number;
  readonly confidence: number;
}

/** Times of an iteration, one array for each round, in ns. */
export interface RoundTimes {
  readonly gpu: readonly Float64Array[];
  readonly wall: readonly Float64Array[];
  /** Without the steal that is certain, and without all that there can have been. */
  readonly correctedHigh: readonly Float64Array[];
  readonly correctedLeast: readonly Float64Array[];
}

/** The times of runs. */
export function roundTimes(runs: readonly WindowedRun[]): RoundTimes {
  const corrected = runs.map(correctedRun);
  return {
    gpu: runs.map(({ samples, iterations }) => perIteration(samples.gpuNs, iterations)),
    wall: runs.map(({ samples, iterations }) => perIteration(samples.wallNs, iterations)),
    correctedHigh: corrected.map(({ highNs }) => highNs),
    correctedLeast: corrected.map(({ leastNs }) => leastNs),
  };
}

function perIteration(values: readonly (number | null)[], iterations: number): Float64Array {
  return Float64Array.from(
    values.filter((ns) => ns !== null),
    (ns) => ns / iterations,
  );
}

const NO_ROUND = 'no round had a time in which all tenants sampled';

/** What is known of the times of a member. */
export function timesFigures(runs: readonly WindowedRun[], options: FigureOptions): TimesFigures {
  const { gpu, wall, correctedHigh, correctedLeast } = roundTimes(runs);
  const high = medianOf(correctedHigh, options);
  const least = medianOf(correctedLeast, options);
  const steal = stealShare(runs);
  return {
    rounds: wall.filter(({ length }) => length > 0).length,
    samples: wall.reduce((sum, { length }) => sum + length, 0),
    gpuTime: known(medianOf(gpu, options), 'the device gave no times'),
    wallTime: known(medianOf(wall, options), NO_ROUND),
    correctedWallTime: known(
      high === null || least === null ? null : { ...high, low: least.low },
      'no sample tells what was stolen',
    ),
    wallTail: tailOf(wall),
    rate: overRounds(
      runs.map(({ ratePerSecond }) => ratePerSecond),
      options,
      NO_ROUND,
    ),
    waitingThreads: waitingThreads(runs),
    steal:
      steal === null
        ? unavailable('no sample tells what was stolen')
        : available({ low: steal.low, high: steal.high }),
  };
}

function known<T>(value: T | null, reason: string): Available<T> {
  return value === null ? unavailable(reason) : available(value);
}

function medianOf(
  runs: readonly Float64Array[],
  { seed, resamples, confidence }: FigureOptions,
): ValueInterval | null {
  const medians = runMediansOf(runs);
  if (medians.length === 0) return null;
  return around(median(medians), medianDraws(runs, { seed, resamples }), confidence);
}

function tailOf(runs: readonly Float64Array[]): TimesFigures['wallTail'] {
  const sorted = sortedCopy(runs.flatMap((run) => [...run]));
  if (sorted.length === 0) return unavailable(NO_ROUND);
  const at = (p: number): number => quantileOfSorted(sorted, p);
  return available({ p50: at(0.5), p95: at(0.95), p99: at(0.99) });
}

/** Time in which threads waited for a CPU, over the time of the samples that know it. */
function waitingThreads(runs: readonly WindowedRun[]): Available<number> {
  let [waitedNs, spentNs] = [0, 0];
  for (const { samples } of runs) {
    samples.ledgerWallNs.forEach((wallNs, i) => {
      const ownNs = samples.runQueueNs[i] ?? null;
      if (wallNs === null || ownNs === null) return;
      waitedNs += ownNs + (samples.workersRunQueueNs[i] ?? 0);
      spentNs += wallNs;
    });
  }
  return spentNs > 0
    ? available(waitedNs / spentNs)
    : unavailable('the run-queue wait of the samples is not known');
}

/**
 * The median of one value a round, with the percentile interval of a bootstrap over rounds: with fewer than six of them it
 * cannot promise 95 %, because all rounds hold the true median between them with probability 1 − 2^(1 − rounds).
 */
export function overRounds(
  values: readonly number[],
  { seed, resamples, confidence }: FigureOptions,
  reason: string,
): Available<ValueInterval> {
  const rounds = values.filter(Number.isFinite);
  if (rounds.length === 0) return unavailable(reason);
  const draws = medianDraws(
    rounds.map((value) => [value]),
    { seed, resamples },
  );
  return available(around(median(rounds), draws, confidence));
}
