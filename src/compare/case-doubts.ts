// What makes the comparison of one case doubtful: another kernel, too few runs, steal, clocks that moved, runs that failed.
import type { CaseEvidence, RunEvidence } from '../evidence/evidence.ts';
import { formatPercent } from '../report/percent.ts';
import { median } from '../stats/quantile.ts';
import type { Doubt } from './comparison.ts';
import { FEWEST_RUNS, RECOMMENDED_RUNS } from './judge.ts';
import type { CasePair } from './pair-cases.ts';

/** Above this share of the samples' time what was stolen decides more than what is compared. */
const NOTABLE_STEAL = 0.01;
/** As for a warning of one report: boost clocks move in steps of 1 %. */
const NOTABLE_CLOCK_CHANGE = 0.05;

/** The doubts of a pair, the most fundamental first. */
export function caseDoubts({ baseline, contender }: CasePair): readonly Doubt[] {
  return [
    ...shaderDoubt(baseline, contender),
    ...workDoubt(baseline, contender),
    ...runDoubt(baseline, contender),
    ...[baseline, contender].flatMap((one, side) => [
      ...stealDoubt(one, side === 0 ? 'baseline' : 'contender'),
      ...throttleDoubt(one, side === 0 ? 'baseline' : 'contender'),
      ...failureDoubt(one, side === 0 ? 'baseline' : 'contender'),
    ]),
    ...clockDoubt(baseline, contender),
  ];
}

function shaderDoubt(baseline: CaseEvidence, contender: CaseEvidence): readonly Doubt[] {
  if (baseline.spirvSha256 === contender.spirvSha256) return [];
  const message = 'the kernels differ: their SPIR-V has different SHA-256';
  return [
    {
      id: 'different-shader',
      message,
      advice: 'fine where the kernel is what is compared; otherwise use one build',
    },
  ];
}

function workDoubt(baseline: CaseEvidence, contender: CaseEvidence): readonly Doubt[] {
  const differing = (['bytes', 'flops', 'items'] as const).filter(
    // Null where no rate may be made of it, which its own side tells.
    (amount) =>
      baseline[amount] !== null && contender[amount] !== null && baseline[amount] !== contender[amount],
  );
  if (differing.length === 0) return [];
  const message = `an iteration does not do the same on both sides: ${differing.map((amount) => `${amount} ${baseline[amount]} against ${contender[amount]}`).join(', ')}`;
  return [{ id: 'different-work', message, advice: 'measure both sides with one version of the benchmark' }];
}

function runDoubt(baseline: CaseEvidence, contender: CaseEvidence): readonly Doubt[] {
  const [left, right] = [baseline.runs.length, contender.runs.length];
  if (Math.min(left, right) >= FEWEST_RUNS) return [];
  // Without any run there is a reason for it, which more of them do not cure.
  if ([baseline, contender].some(({ runs, problems }) => runs.length === 0 && problems.length > 0)) return [];
  const message = `${left} and ${right} runs: at least ${FEWEST_RUNS} a side are needed for a verdict`;
  return [
    {
      id: 'few-runs',
      message,
      advice: `measure ${RECOMMENDED_RUNS} runs a side: --runs ${RECOMMENDED_RUNS}`,
    },
  ];
}

function stealDoubt({ runs }: CaseEvidence, side: string): readonly Doubt[] {
  const least = runs.flatMap(({ stealShare }) => (stealShare.available ? [stealShare.value.low] : []));
  const share = least.length === 0 ? 0 : median(least);
  if (share <= NOTABLE_STEAL) return [];
  const message = `at least ${formatPercent(share)} of the time of the ${side} was stolen`;
  return [
    {
      id: 'steal',
      message,
      advice: 'judge by --metric correctedWallTime, or give the guest CPUs of its own',
    },
  ];
}

function throttleDoubt({ runs }: CaseEvidence, side: string): readonly Doubt[] {
  const reasons = [...new Set(runs.flatMap(({ throttleReasons }) => throttleReasons))];
  if (reasons.length === 0) return [];
  const message = `the GPU of the ${side} was throttled: ${reasons.join(', ')}`;
  return [{ id: 'throttled', message, advice: 'let it cool down, or lock its clocks on both sides' }];
}

function failureDoubt({ problems }: CaseEvidence, side: string): readonly Doubt[] {
  return problems.slice(0, 1).map((problem) => {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return {
      id: 'missing-evidence',
      message: `the ${side} lacks something: ${problem}${more}`,
      advice: null,
    };
  });
}

function clockDoubt(baseline: CaseEvidence, contender: CaseEvidence): readonly Doubt[] {
  const [left, right] = [clockOf(baseline.runs), clockOf(contender.runs)];
  if (left === null || right === null) return [];
  // A clock of 0 is none that was read.
  if (!(left > 0 && Math.abs(right / left - 1) > NOTABLE_CLOCK_CHANGE)) return [];
  const megahertz = (hz: number): string => `${Math.round(hz / 1e6)} MHz`;
  const message = `the compute clock was ${megahertz(left)} on the baseline and ${megahertz(right)} on the contender`;
  return [{ id: 'different-clocks', message, advice: 'lock the clocks of the GPU on both sides' }];
}

function clockOf(runs: readonly RunEvidence[]): number | null {
  const known = runs.flatMap(({ computeClockHz }) =>
    computeClockHz.available ? [computeClockHz.value] : [],
  );
  return known.length === 0 ? null : median(known);
}
