// What one report says of one case, as the page holds it: in full where there are few, figures alone where there are many.
import type { CaseEvidence, PartId } from '../evidence/evidence.ts';
import { PARTS } from '../evidence/part-labels.ts';
import { sampleCount, sampledRuns } from '../report/case-samples.ts';
import type { MetricId } from '../report/metric-units.ts';
import type { CaseResult } from '../report/report.ts';
import { caseClocks } from './case-clocks.ts';
import { caseTimeline } from './case-timeline.ts';
import type { PageEstimate, PageResult } from './page-data.ts';
import { rounded } from './thin-samples.ts';

/** Everything of a case. */
export function fullResult(result: CaseResult, evidence: CaseEvidence | undefined): PageResult {
  const runs = sampledRuns(result.runs);
  return {
    ...figuresOf(result, evidence),
    clocks: caseClocks(runs, evidence),
    timeline: caseTimeline(runs),
  };
}

/** What does not grow with the number of samples. */
export function figuresOf(result: CaseResult, evidence: CaseEvidence | undefined): PageResult {
  return {
    status: result.status,
    problem: problemOf(result),
    metrics: Object.fromEntries(result.metrics.map(({ id, value, low, high }) => [id, [value, low, high]])),
    warnings: result.warnings,
    parts: meanParts(evidence),
    clocks: {},
    samples: sampleCount(sampledRuns(result.runs)),
    timeline: [],
  };
}

/** What stays of it where the page holds hundreds of reports. */
const BRIEF_METRICS: readonly MetricId[] = [
  'gpuTime',
  'wallTime',
  'correctedWallTime',
  'wallTimeP99',
  'bandwidth',
  'arithmetic',
  'itemRate',
  'itemTime',
  'stealHigh',
];
const BRIEF_DIGITS = 4;

/** Figures, parts and warnings alone. */
export function briefResult(result: PageResult): PageResult {
  return {
    ...result,
    metrics: Object.fromEntries(
      BRIEF_METRICS.flatMap((id) => {
        const metric = result.metrics[id];
        return metric === undefined ? [] : [[id, metric]];
      }),
    ),
    parts: result.parts
      .filter(({ ns }) => ns[2] > 0)
      .map(({ id, ns }) => ({ id, ns: ns.map((value) => rounded(value, BRIEF_DIGITS)) as never })),
    clocks: {},
    timeline: [],
  };
}

/** Why there are no figures, or not of all runs; each once. */
function problemOf({ runs }: CaseResult): string | null {
  const problems = runs.flatMap(({ failure, skipReason }) => failure?.message ?? skipReason ?? []);
  return problems.length === 0 ? null : [...new Set(problems)].join('; ');
}

/** Means over the runs, each run the same; a part that one of them leaves open is missing. */
function meanParts(evidence: CaseEvidence | undefined): PageResult['parts'] {
  const runs = evidence?.runs ?? [];
  return PARTS.flatMap((id) => {
    const found = runs.flatMap(({ parts }) => parts.filter((part) => part.id === id));
    if (found.length === 0 || found.length < runs.length) return [];
    const mean = (pick: (part: (typeof found)[number]) => number): number =>
      rounded(found.reduce((sum, part) => sum + pick(part), 0) / found.length);
    const ns: PageEstimate = [
      mean((part) => part.ns),
      mean((part) => part.lowNs),
      mean((part) => part.highNs),
    ];
    return [{ id: id as PartId, ns }];
  });
}
