// What follows from the phases of a document: how much slower every tenant was than alone, how evenly the device was shared, and
// what a death changed. Pure: the same phases and seed give the same figures.
import { type Available, available, unavailable } from '../base/availability.ts';
import { pooledQuantileDraws } from '../stats/pooled-quantile.ts';
import { ratioInterval, type ValueInterval } from '../stats/ratio-interval.ts';
import { ratioOf } from '../stats/ratio-of-runs.ts';
import { jainIndex } from './fairness.ts';
import { recoveryFigures, survivorFigures } from './kill-figures.ts';
import { operationFigures } from './operation-figures.ts';
import type { Group, GroupFigures, MemberFigures, Phase, TenantsReport } from './tenants-report.ts';
import {
  type FigureOptions,
  overRounds,
  type RoundTimes,
  roundTimes,
  timesFigures,
  type WindowedRun,
  windowedRuns,
} from './windowed-runs.ts';

/** What the figures follow from. */
export type FigureSources = Pick<TenantsReport, 'groups' | 'phases' | 'command'>;

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;

/** The figures of all groups that ran together, in their order. */
export function groupFigures({ groups, phases, command }: FigureSources): readonly GroupFigures[] {
  const options = { seed: command.seed, resamples: RESAMPLES, confidence: CONFIDENCE };
  const phasesOf = (group: number): readonly Phase[] => phases.filter((phase) => phase.group === group);
  const alone = new Map<string, readonly Phase[]>();
  groups.forEach(({ kind, members }, index) => {
    if (kind === 'alone') alone.set(members[0]?.caseId ?? '', phasesOf(index));
  });
  return groups.flatMap((group, index) =>
    group.kind === 'together' ? [figuresOf(index, group, { alone, together: phasesOf(index), options })] : [],
  );
}

interface Sources {
  /** By case. */
  readonly alone: ReadonlyMap<string, readonly Phase[]>;
  readonly together: readonly Phase[];
  readonly options: FigureOptions;
}

function figuresOf(group: number, { members }: Group, { alone, together, options }: Sources): GroupFigures {
  const pairs = members.map((member, index) => ({
    member,
    alone: windowedRuns(alone.get(member.caseId) ?? [], 0),
    together: windowedRuns(together, index),
  }));
  // Who was killed took its samples along.
  const shares = members.some(({ role }) => role === 'killed') ? [] : sharesByRound(pairs);
  const hasDeath = together.some(({ kill }) => kill !== null);
  const perRound = (of: (shares: readonly number[]) => number): Available<ValueInterval> =>
    overRounds(shares.map(of), options, 'no round had rates of all tenants, alone and together');
  return {
    group,
    members: pairs.map((pair) => memberFigures(pair, options)),
    fairness: perRound(jainIndex),
    total: perRound((all) => all.reduce((sum, share) => sum + share, 0)),
    operations: operationFigures(
      members.map(({ caseId }) => alone.get(caseId) ?? []),
      together,
      options,
    ),
    survivors: hasDeath ? survivorFigures(together, members, options) : [],
    recovery: hasDeath ? recoveryFigures(together, aloneOfKilled(members, alone), options) : null,
  };
}

function aloneOfKilled(members: Group['members'], alone: Sources['alone']): readonly Phase[] {
  return alone.get(members.find(({ role }) => role === 'killed')?.caseId ?? '') ?? [];
}

interface RunPair {
  readonly member: Group['members'][number];
  readonly alone: readonly WindowedRun[];
  readonly together: readonly WindowedRun[];
}

/** The shares of all members in each round that has all of them. */
function sharesByRound(pairs: readonly RunPair[]): readonly (readonly number[])[] {
  const rounds = [...new Set(pairs.flatMap(({ together }) => together.map(({ round }) => round)))];
  return rounds
    .map((round) => pairs.map((pair) => shareIn(pair, round)))
    .filter((shares) => shares.every(Number.isFinite));
}

/** Rate together over rate alone; a round is compared with itself, so that what changes slowly cancels. */
function shareIn({ alone, together }: RunPair, round: number): number {
  const rate = (runs: readonly WindowedRun[]): number =>
    runs.find((run) => run.round === round)?.ratePerSecond ?? Number.NaN;
  return rate(together) / rate(alone);
}

function memberFigures(pair: RunPair, options: FigureOptions): MemberFigures {
  const { member, alone, together } = pair;
  const [before, now] = [roundTimes(alone), roundTimes(together)];
  const shares = together.map(({ round }) => shareIn(pair, round));
  return {
    ...member,
    alone: timesFigures(alone, options),
    together: timesFigures(together, options),
    slowdown: {
      gpuTime: ratio(before.gpu, now.gpu, options),
      wallTime: ratio(before.wall, now.wall, options),
      correctedWallTime: correctedRatio(before, now, options),
      wallTimeP99: tailRatio(before.wall, now.wall, options),
    },
    share: overRounds(shares, options, 'no round has rates of it, alone and together'),
  };
}

/** A ratio beyond this says that the divisor may be nothing. */
const MOST_TIMES = 1000;

type Runs = readonly Float64Array[];
const UNPAIRED = 'there are not samples of both, alone and together';

function ratio(alone: Runs, together: Runs, options: FigureOptions): Available<ValueInterval> {
  const found = ratioOf(alone, together, options)?.ratio ?? null;
  return found === null || !Number.isFinite(found.value) ? unavailable(UNPAIRED) : available(found);
}

/** Each end where what may have been stolen was stolen from the one side and not from the other. */
function correctedRatio(
  alone: RoundTimes,
  together: RoundTimes,
  options: FigureOptions,
): Available<ValueInterval> {
  const certain = ratio(alone.correctedHigh, together.correctedHigh, options);
  const least = ratio(alone.correctedHigh, together.correctedLeast, options);
  const most = ratio(alone.correctedLeast, together.correctedHigh, options);
  if (!certain.available || !least.available || !most.available) return unavailable(UNPAIRED);
  // Of samples of some µs all may have been stolen, as far as counters of 10 ms tell.
  if (most.value.high > MOST_TIMES) return unavailable('the counters of the CPUs leave the time alone open');
  return available({
    value: certain.value.value,
    low: Math.min(certain.value.low, least.value.low),
    high: Math.max(certain.value.high, most.value.high),
  });
}

const TAIL = 0.99;

function tailRatio(alone: Runs, together: Runs, options: FigureOptions): Available<ValueInterval> {
  const sampled = (runs: Runs): Runs => runs.filter(({ length }) => length > 0);
  const [before, now] = [sampled(alone), sampled(together)];
  if (before.length === 0 || now.length === 0) return unavailable(UNPAIRED);
  const { seed, resamples, confidence } = options;
  const first = pooledQuantileDraws(before, TAIL, { seed, resamples });
  // Another sequence: the rounds of one side are not those of the other.
  const second = pooledQuantileDraws(now, TAIL, { seed: seed + 1, resamples });
  return available(ratioInterval(first.draws, second.draws, first.value, second.value, confidence));
}
