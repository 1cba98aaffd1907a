// Measures what a source costs and how it moves. The loop that measures is the same for every source and its own
// cost is known (`loopCostNs`); nothing is subtracted, because whoever uses a source pays for the call as well.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type {
  ClockSource,
  ClockSourceRecord,
  OpenedSource,
  SourceCost,
  SourceFigures,
} from './clock-source.ts';
import { median, quantile } from './median.ts';

/** How long to look at a source. */
export interface MeasureSourceOptions {
  /** Limit for its cost, in ns. Default 20 ms; at least {@link MIN_BATCHES} batches are taken. */
  readonly costLimitNs?: number;
  /** Limit for its steps, in ns. Default 30 ms, several ticks of 10 ms. */
  readonly stepLimitNs?: number;
}

const COST_LIMIT_NS = 20e6;
const STEP_LIMIT_NS = 30e6;
/** Long against the two stamps around a batch, short against a timer interrupt's distance. */
const BATCH_NS = 20_000;
const BATCHES = 500;
/** A 99th percentile of fewer is the maximum of few. */
const MIN_BATCHES = 100;
const MAX_READINGS_PER_BATCH = 1000;
/** Readings after which the time of the warm-up is looked at. */
const WARM_UP_READINGS = 10;
const WARM_UP_NS = 3e6;
/** Enough to have seen the smallest step of a clock that moves at every reading. */
const STEPS = 20_000;
/** The clock that ends the watch is read seldom, because its own cost would be part of every step. */
const COMPARISONS_PER_CHECK = 20;

/**
 * Opens a source on the calling thread, measures it and closes it.
 *
 * @param nowNs The clock to measure with.
 */
export function measureSource(
  source: ClockSource,
  nowNs: () => number,
  options: MeasureSourceOptions = {},
): ClockSourceRecord {
  const { name, scope, counts } = source;
  const opened = source.open();
  try {
    return {
      name,
      scope,
      counts,
      measured: mapAvailable(opened, (one) => figuresOf(one, nowNs, options)),
    };
  } finally {
    if (opened.available) opened.value.close?.();
  }
}

function figuresOf(
  source: OpenedSource,
  nowNs: () => number,
  { costLimitNs = COST_LIMIT_NS, stepLimitNs = STEP_LIMIT_NS }: MeasureSourceOptions,
): SourceFigures {
  const read = (): number => source.read();
  const { statedResolutionNs, noSteps } = source;
  const cost =
    source.prepare === undefined
      ? costOf(read, nowNs, costLimitNs)
      : costOfPrepared(read, source.prepare, nowNs);
  const steps =
    noSteps === undefined
      ? watchSteps(read, nowNs, stepLimitNs)
      : { smallestStepNs: unavailable(noSteps), ranBackwards: 0, comparisons: 0 };
  return { cost, ...steps, statedResolutionNs };
}

/** What one turn of the measuring loop costs with a reading that does nothing, in ns. */
export function measureLoopCost(nowNs: () => number): SourceCost {
  let last = 0;
  return costOf(() => ++last, nowNs, COST_LIMIT_NS);
}

/** The cost of one reading, over batches that last about {@link BATCH_NS}. */
export function costOf(read: () => number, nowNs: () => number, limitNs: number): SourceCost {
  const readingsPerBatch = readingsFor(BATCH_NS, read, nowNs);
  const costs: number[] = [];
  const endNs = nowNs() + limitNs;
  for (let i = 0; i < BATCHES && (i < MIN_BATCHES || nowNs() < endNs); i++) {
    costs.push(timeReadings(read, nowNs, readingsPerBatch) / readingsPerBatch);
  }
  return summaryOf(costs, readingsPerBatch);
}

function summaryOf(costs: readonly number[], readingsPerBatch: number): SourceCost {
  return {
    minNs: quantile(costs, 0),
    medianNs: median(costs),
    p99Ns: quantile(costs, 0.99),
    batches: costs.length,
    readingsPerBatch,
  };
}

/** The cost of one entry of a queue that has to be filled first. */
function costOfPrepared(read: () => number, prepare: () => number, nowNs: () => number): SourceCost {
  const costs: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < MIN_BATCHES; i++) {
    const count = prepare();
    costs.push(timeReadings(read, nowNs, 1) / count);
    counts.push(count);
  }
  return summaryOf(costs, median(counts));
}

/** Warms up, so that compiled code is measured, and counts the readings that take so long. */
function readingsFor(durationNs: number, read: () => number, nowNs: () => number): number {
  const endNs = nowNs() + WARM_UP_NS;
  let onceNs = Number.POSITIVE_INFINITY;
  while (nowNs() < endNs) {
    onceNs = Math.min(onceNs, timeReadings(read, nowNs, WARM_UP_READINGS) / WARM_UP_READINGS);
  }
  return Math.min(MAX_READINGS_PER_BATCH, Math.max(1, Math.round(durationNs / onceNs)));
}

/** Sums what was read and looks at the sum, so that no compiler leaves a reading out. */
function timeReadings(read: () => number, nowNs: () => number, count: number): number {
  let sum = 0;
  const startNs = nowNs();
  for (let i = 0; i < count; i++) sum += read();
  const endNs = nowNs();
  if (Number.isNaN(sum)) throw new RangeError('Cannot time a source: it read no number');
  return endNs - startNs;
}

type Steps = Pick<SourceFigures, 'smallestStepNs' | 'ranBackwards' | 'comparisons'>;

/** Watches a source move, for at most so long. */
export function watchSteps(read: () => number, nowNs: () => number, limitNs: number): Steps {
  const endNs = nowNs() + limitNs;
  let [smallestNs, ranBackwards, steps, comparisons] = [Number.POSITIVE_INFINITY, 0, 0, 0];
  let last = read();
  while (steps < STEPS && nowNs() < endNs) {
    for (let i = 0; i < COMPARISONS_PER_CHECK; i++) {
      const next = read();
      if (next < last) ranBackwards++;
      if (next > last) {
        steps++;
        smallestNs = Math.min(smallestNs, next - last);
      }
      last = next;
    }
    comparisons += COMPARISONS_PER_CHECK;
  }
  return { smallestStepNs: smallestStep(smallestNs, limitNs), ranBackwards, comparisons };
}

function smallestStep(ns: number, limitNs: number): Available<number> {
  return ns < Number.POSITIVE_INFINITY
    ? available(ns)
    : unavailable(`it did not move within ${Math.round(limitNs / 1e6)} ms`);
}
