// What explains the difference over all cases: each counts the same, in shares of its own baseline, so that a long case does
// not drown the others. Adds up the explanations of the cases; looks at no run.
import { type Available, available, unavailable } from '../base/availability.ts';
import { PART_LABELS, PARTS } from '../evidence/part-labels.ts';
import type {
  CaseExplanation,
  ComparedCase,
  ComparedValue,
  OverallExplanation,
  PartDifference,
} from './comparison.ts';
import { points, signedPercent } from './points.ts';

/**
 * The mean over the cases that are explained. A part that a case does not have counts 0 there, where its time is
 * unexplained; so the parts add up to the mean difference of the wall times. Ends of intervals are means of the cases' ends: as
 * wide as if all of them erred in one direction, because the cases of one run share its luck.
 */
export function explainOverall(cases: readonly ComparedCase[]): Available<OverallExplanation> {
  const known = cases.filter(({ explanation }) => explanation.available);
  const explained = known.flatMap(({ explanation }) => (explanation.available ? [explanation.value] : []));
  if (explained.length === 0) return unavailable('no case is explained');
  const ids = [...PARTS, 'unexplained' as const].filter((id) =>
    explained.some(({ parts }) => parts.some((part) => part.id === id)),
  );
  const parts = ids.map((id) => ({ id, ofBaseline: meanShare(explained, id) }));
  const wallDifference = meanDifference(explained);
  return available({
    cases: explained.length,
    wallDifference,
    parts,
    statement: statementOf(explained.length, wallDifference.value, { parts, isOneRun: areOfOneRun(known) }),
  });
}

/** Whether half of the cases have one run on a side, whose intervals hold nothing of how runs differ. */
function areOfOneRun(cases: readonly ComparedCase[]): boolean {
  const lone = cases.filter(({ runs }) => Math.min(runs.baseline, runs.contender) < 2);
  return 2 * lone.length >= cases.length;
}

/** The mean of the cases' differences, and of their ends. */
function meanDifference(cases: readonly CaseExplanation[]): ComparedValue {
  const mean = (pick: (one: CaseExplanation) => number): number =>
    cases.reduce((sum, one) => sum + pick(one) / one.baselineNs, 0) / cases.length;
  return {
    value: mean(({ difference }) => difference.ns),
    low: mean(({ difference }) => difference.lowNs),
    high: mean(({ difference }) => difference.highNs),
  };
}

function meanShare(cases: readonly CaseExplanation[], id: PartDifference['id']): ComparedValue {
  let [value, low, high] = [0, 0, 0];
  for (const { baselineNs, parts } of cases) {
    const part = parts.find((one) => one.id === id);
    if (part === undefined) continue;
    value += part.ns / baselineNs;
    low += part.lowNs / baselineNs;
    high += part.highNs / baselineNs;
  }
  return { value: value / cases.length, low: low / cases.length, high: high / cases.length };
}

/** Less than this is not told, in points of a percent. */
const TOLD = 0.001;

function statementOf(
  cases: number,
  difference: number,
  { parts, isOneRun }: { parts: OverallExplanation['parts']; isOneRun: boolean },
): string {
  const certain = parts
    .filter(({ ofBaseline: { low, high, value } }) => (low > 0 || high < 0) && Math.abs(value) >= TOLD)
    .sort((one, other) => Math.abs(other.ofBaseline.value) - Math.abs(one.ofBaseline.value));
  const named = certain.map(
    ({ id, ofBaseline }, i) =>
      `${points(ofBaseline.value)}${i === 0 ? ' points' : ''} ${PART_LABELS[id].short}`,
  );
  const over = cases === 1 ? 'In one case' : `Over ${cases} cases, each in shares of its own baseline,`;
  const wall = `${over} the mean wall time differs by ${signedPercent(difference)}`;
  if (isOneRun) return `${wall}; a side has one run, so no part of it is certain`;
  return named.length === 0 ? `${wall}; no part of it is certain` : `${wall}: ${named.join(', ')}`;
}
