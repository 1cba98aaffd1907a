// Why the mean wall times of a case differ, in one or two sentences: only what its interval is sure of is called a cause.
// Pure, from the parts of the runs; how they were measured is in evidence/wall-parts.ts.
import { type Available, available, unavailable } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import type { RunEvidence } from '../evidence/evidence.ts';
import { PART_LABELS } from '../evidence/part-labels.ts';
import type { CaseExplanation, CompareOptions, PartDifference } from './comparison.ts';
import { type Differences, partDifferences } from './part-differences.ts';
import { devicePhrase, listed, points, signedPercent } from './points.ts';

/** How a case is explained. */
export interface ExplainOptions
  extends Pick<CompareOptions, 'seed' | 'resamples' | 'confidence' | 'noiseFloor'> {
  /** Contender over baseline of the median wall times: said where it contradicts the means. */
  readonly medianWallRatio?: number;
}

/** Explains the difference of two sides; unavailable where no run of a side has parts that the other has too. */
export function explainCase(
  baseline: readonly RunEvidence[],
  contender: readonly RunEvidence[],
  options: ExplainOptions,
): Available<CaseExplanation> {
  if (baseline.length === 0 || contender.length === 0) return unavailable('one side has no run');
  const differences = partDifferences(baseline, contender, options);
  const { baselineNs, contenderNs, wall: difference, parts } = differences;
  if (!(baselineNs > 0) || !(contenderNs > 0)) return unavailable('a side has no wall time');
  if (parts.length === 1) return unavailable('no clock takes the wall times of both sides apart');
  const causes = causesOf(differences, options.noiseFloor);
  if (Math.min(baseline.length, contender.length) < 2) {
    const statement = statementOfOneRun(differences, options);
    return available({ baselineNs, contenderNs, difference, parts, mainCause: null, statement });
  }
  return available({
    baselineNs,
    contenderNs,
    difference,
    parts,
    mainCause: mainCause(differences, causes, options.noiseFloor),
    statement: statementOf(differences, causes, { baseline, contender, options }),
  });
}

/** Whether the mean wall times differ for certain, and by more than the noise floor. */
function differs({ baselineNs, wall }: Differences, noiseFloor: number): boolean {
  return Math.abs(wall.ns) > noiseFloor * baselineNs && (wall.lowNs > 0 || wall.highNs < 0);
}

/** Parts whose interval does not hold 0, the largest first; smaller ones than a tenth of the noise floor are not told. */
function causesOf({ baselineNs, parts }: Differences, noiseFloor: number): readonly PartDifference[] {
  return parts
    .filter(
      ({ ns, lowNs, highNs }) => (lowNs > 0 || highNs < 0) && Math.abs(ns) >= (noiseFloor / 10) * baselineNs,
    )
    .sort((one, other) => Math.abs(other.ns) - Math.abs(one.ns));
}

/** The largest cause that goes the way of the wall time, unless a part that is not certain looks larger. */
function mainCause(
  differences: Differences,
  causes: readonly PartDifference[],
  noiseFloor: number,
): PartDifference['id'] | null {
  if (!differs(differences, noiseFloor)) return null;
  const sign = Math.sign(differences.wall.ns);
  const cause = causes.find(({ ns }) => Math.sign(ns) === sign);
  if (cause === undefined) return null;
  const isLarger = (part: PartDifference): boolean => part.ns * sign > cause.ns * sign;
  return differences.parts.some((part) => !causes.includes(part) && isLarger(part)) ? null : cause.id;
}

interface Told {
  readonly baseline: readonly RunEvidence[];
  readonly contender: readonly RunEvidence[];
  readonly options: ExplainOptions;
}

function statementOf(differences: Differences, causes: readonly PartDifference[], told: Told): string {
  const { baselineNs, contenderNs, wall } = differences;
  const { noiseFloor, medianWallRatio } = told.options;
  const change = signedPercent(wall.ns / baselineNs);
  const named = causes.map(({ id, ofBaseline }, i) => named_(id, ofBaseline, i === 0));
  const device = devicePhrase(differences.parts, meanDeviceNs(told.baseline), causes);
  const clauses = [named.join(', '), device, unsure(differences, causes, noiseFloor)].filter(
    (text) => text !== '',
  );
  const explained = clauses.length === 0 ? '' : `: ${clauses.join('; ')}`;
  const first = differs(differences, noiseFloor)
    ? `wall ${change} (${formatNs(baselineNs)} to ${formatNs(contenderNs)} in the mean)${explained}`
    : `mean wall times do not differ beyond the noise floor and the spread of the runs (${change})${explained}`;
  return [first, ...medianSentence(wall.ns / baselineNs, medianWallRatio, noiseFloor)].join('. ');
}

/** Of one run nothing is known of how runs differ: it is told where the time went, and no cause is named. */
function statementOfOneRun(
  { baselineNs, contenderNs, wall, parts }: Differences,
  { noiseFloor, medianWallRatio }: ExplainOptions,
): string {
  const named = parts
    .filter(({ ns }) => Math.abs(ns) >= noiseFloor * baselineNs && ns !== 0)
    .sort((one, other) => Math.abs(other.ns) - Math.abs(one.ns))
    .map(({ id, ofBaseline }, i) => named_(id, ofBaseline, i === 0));
  const seen = `wall ${signedPercent(wall.ns / baselineNs)} (${formatNs(baselineNs)} to ${formatNs(contenderNs)} in the mean)`;
  const first = `${[seen, ...(named.length === 0 ? [] : [named.join(', ')])].join(': ')}; a side has one run, so nothing of it is certain`;
  return [first, ...medianSentence(wall.ns / baselineNs, medianWallRatio, noiseFloor)].join('. ');
}

function named_(id: PartDifference['id'], ofBaseline: number, isFirst: boolean): string {
  return `${points(ofBaseline)}${isFirst ? ' points' : ''} ${PART_LABELS[id].short}`;
}

/** Parts that may be a cause as well, and are too little known to be named one. */
function unsure(
  { baselineNs, parts }: Differences,
  causes: readonly PartDifference[],
  noiseFloor: number,
): string {
  const open = parts
    .filter(
      (part) => !causes.includes(part) && part.id !== 'device' && Math.abs(part.ns) > noiseFloor * baselineNs,
    )
    .sort((one, other) => Math.abs(other.ns) - Math.abs(one.ns));
  if (open.length === 0) return '';
  const texts = open.map(({ id, ns, lowNs, highNs }) => {
    const [from, to] = [lowNs, highNs].map((end) => points(end / baselineNs));
    return `${PART_LABELS[id].short} ${points(ns / baselineNs)} (${from} to ${to})`;
  });
  return `not certain: ${listed(texts)}`;
}

function meanDeviceNs(runs: readonly RunEvidence[]): number | null {
  const known = runs.flatMap(({ parts }) => parts.filter(({ id }) => id === 'device'));
  return known.length === 0 ? null : known.reduce((sum, { ns }) => sum + ns, 0) / known.length;
}

/** The mean is made by few long samples where the median does not follow it. */
function medianSentence(
  ofMean: number,
  medianRatio: number | undefined,
  noiseFloor: number,
): readonly string[] {
  if (medianRatio === undefined) return [];
  const ofMedian = medianRatio - 1;
  const side = (share: number): number => (Math.abs(share) <= noiseFloor ? 0 : Math.sign(share));
  if (side(ofMedian) === side(ofMean)) return [];
  return [`The median wall time says ${signedPercent(ofMedian)}: single long samples make the mean`];
}
