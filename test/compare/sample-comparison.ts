// A comparison for tests, complete and valid: bare metal against a guest on a host with a competing load. Figures are
// made up; nothing else is.
import { available, unavailable } from '../../src/base/availability.ts';
import {
  type CaseExplanation,
  COMPARE_DEFAULTS,
  COMPARISON_SCHEMA_VERSION,
  type ComparedCase,
  type ComparedMetric,
  type ComparedMetricId,
  type ComparedValue,
  type Comparison,
  type PartDifference,
} from '../../src/compare/comparison.ts';
import { baselineRecord, contenderRecord } from './sample-side-records.ts';

/** A value and what its interval reaches to both sides, as a share of it. */
function within(value: number, share: number): ComparedValue {
  return { value, low: value * (1 - share), high: value * (1 + share) };
}

const UNITS = {
  gpuTime: ['ns', 'lower'],
  wallTime: ['ns', 'lower'],
  correctedWallTime: ['ns', 'lower'],
  undisturbedWallTime: ['ns', 'lower'],
  wallTimeP99: ['ns', 'lower'],
  bandwidth: ['B/s', 'higher'],
  arithmetic: ['FLOP/s', 'higher'],
  itemRate: ['1/s', 'higher'],
} as const satisfies Record<ComparedMetricId, readonly [ComparedMetric['unit'], ComparedMetric['better']]>;

/** A metric of which both sides are known to ±0.3 % and the ratio to `ratioShare`. */
function comparedMetric(
  id: ComparedMetricId,
  baseline: number,
  contender: number,
  ratioShare = 0.005,
): ComparedMetric {
  const [unit, better] = UNITS[id];
  return {
    id,
    unit,
    better,
    baseline: within(baseline, 0.003),
    contender: within(contender, 0.003),
    ratio: within(contender / baseline, ratioShare),
  };
}

/** An explanation whose parts, in ns, add up to the difference. */
function caseExplanation(
  baselineNs: number,
  parts: Readonly<Partial<Record<PartDifference['id'], number>>>,
  changes: Partial<CaseExplanation> = {},
): CaseExplanation {
  const differences = Object.entries(parts).map(([id, ns]) => ({
    id: id as PartDifference['id'],
    ns,
    lowNs: ns - Math.abs(ns) * 0.1,
    highNs: ns + Math.abs(ns) * 0.1,
    ofBaseline: ns / baselineNs,
  }));
  const totalNs = differences.reduce((sum, { ns }) => sum + ns, 0);
  return {
    baselineNs,
    contenderNs: baselineNs + totalNs,
    difference: { ns: totalNs, lowNs: totalNs - 5e3, highNs: totalNs + 5e3 },
    parts: differences,
    statement: 'wall times do not differ by more than the noise floor',
    mainCause: null,
    ...changes,
  };
}

/** A case that is the same on both sides. */
export function comparedCase(changes: Partial<ComparedCase> = {}): ComparedCase {
  return {
    id: 'copy[n=16Mi]',
    benchmark: 'copy',
    axes: { n: 16 * 2 ** 20 },
    kind: 'throughput',
    category: 'memory',
    runs: { baseline: 10, contender: 10 },
    metrics: [
      comparedMetric('gpuTime', 4e6, 4.008e6),
      comparedMetric('wallTime', 4.02e6, 4.036e6),
      comparedMetric('correctedWallTime', 4.02e6, 4.032e6),
      comparedMetric('bandwidth', 33.6e9, 33.5e9),
    ],
    judgedBy: 'gpuTime',
    verdict: 'same',
    reason: 'the whole interval of the ratio lies within ±1 % of no difference',
    p: available({ raw: 0.62, holm: 1 }),
    explanation: available(caseExplanation(4.02e6, { device: 8e3, submit: 2e3, 'wake-up': 6e3 })),
    outputs: { verdict: 'equal', reason: null },
    doubts: [],
    ...changes,
  };
}

function fasterCase(): ComparedCase {
  return comparedCase({
    id: 'fma[type=f32,n=1Mi]',
    benchmark: 'fma',
    axes: { n: 2 ** 20 },
    category: 'compute',
    metrics: [
      comparedMetric('gpuTime', 2.5e6, 2.375e6),
      comparedMetric('wallTime', 2.53e6, 2.41e6),
      comparedMetric('arithmetic', 9.1e12, 9.58e12),
    ],
    verdict: 'faster',
    reason: 'the whole interval of the ratio lies below 1 − 1 %',
    p: available({ raw: 0.0004, holm: 0.002 }),
    explanation: available(
      caseExplanation(
        2.53e6,
        { device: -125e3, submit: 3e3, unexplained: 2e3 },
        { statement: 'the contender needs 4.7 % less wall time, on the device', mainCause: 'device' },
      ),
    ),
    doubts: [
      {
        id: 'different-compute-clock',
        message: 'compute clock 1.98 GHz against 1.87 GHz',
        advice: 'lock the clocks on both sides',
      },
    ],
  });
}

function stolenCase(): ComparedCase {
  return comparedCase({
    id: 'reduce-sum[n=64Mi,WORKGROUP_SIZE=256]',
    benchmark: 'reduce-sum',
    axes: { n: 64 * 2 ** 20, WORKGROUP_SIZE: 256 },
    category: 'primitives',
    metrics: [
      comparedMetric('wallTime', 12.3e6, 15.375e6, 0.02),
      comparedMetric('correctedWallTime', 12.3e6, 12.423e6, 0.03),
      comparedMetric('undisturbedWallTime', 12.3e6, 12.35e6, 0.03),
    ],
    judgedBy: 'wallTime',
    verdict: 'slower',
    reason: 'the whole interval of the ratio lies above 1 + 1 %',
    p: available({ raw: 0.0001, holm: 0.0006 }),
    explanation: available(
      caseExplanation(
        12.3e6,
        { device: 30e3, submit: 15e3, 'wake-up': 80e3, steal: 2.8e6, 'run-queue': 50e3, unexplained: 1e5 },
        {
          statement:
            'the wall time is 25 % longer, and without steal within 1 % of the baseline: 91 % of the difference is time that the hypervisor took',
          mainCause: 'steal',
        },
      ),
    ),
    doubts: [
      {
        id: 'steal',
        message: 'the hypervisor took 18–19 % of the contender’s samples',
        advice: 'judge by --metric correctedWallTime, or free the host',
      },
    ],
  });
}

function unclearCase(): ComparedCase {
  return comparedCase({
    id: 'stream-triad[n=4Ki]',
    benchmark: 'stream-triad',
    axes: { n: 4096 },
    metrics: [
      comparedMetric('gpuTime', 5_200, 5_330, 0.03),
      comparedMetric('wallTime', 31_000, 32_000, 0.06),
    ],
    verdict: 'unclear',
    reason: 'the interval of the ratio reaches from −0.6 % to +5.6 %: more runs would narrow it',
    p: available({ raw: 0.21, holm: 0.63 }),
    explanation: unavailable('the parts of the wall time are unknown: no device timestamps on the baseline'),
    outputs: { verdict: 'unknown', reason: 'the benchmark names no output that must repeat' },
  });
}

function latencyCase(): ComparedCase {
  return comparedCase({
    id: 'sync-fence[wait=block]',
    benchmark: 'sync-fence',
    axes: {},
    kind: 'latency',
    category: 'latency',
    metrics: [
      comparedMetric('wallTime', 42_000, 58_800, 0.04),
      comparedMetric('correctedWallTime', 42_000, 57_000, 0.05),
      comparedMetric('wallTimeP99', 80_000, 240_000, 0.2),
    ],
    judgedBy: 'wallTime',
    verdict: 'slower',
    reason: 'the whole interval of the ratio lies above 1 + 1 %',
    p: available({ raw: 0.0002, holm: 0.001 }),
    explanation: available(
      caseExplanation(
        42_000,
        { submit: 1_200, queue: 300, 'wake-up': 15_000, unexplained: 300 },
        { statement: 'the wall time is 40 % longer: 89 % of it is the wake-up', mainCause: 'wake-up' },
      ),
    ),
    outputs: { verdict: 'unknown', reason: 'a latency has no output' },
  });
}

function differentOutputCase(): ComparedCase {
  return comparedCase({
    id: 'sgemm-tiled[n=1Ki]',
    benchmark: 'sgemm-tiled',
    axes: { n: 1024 },
    category: 'compute',
    outputs: { verdict: 'different', reason: 'SHA-256 4f1c… on the baseline and 9a02… on the contender' },
  });
}

const CASES: readonly ComparedCase[] = [
  comparedCase(),
  fasterCase(),
  stolenCase(),
  unclearCase(),
  latencyCase(),
  differentOutputCase(),
];

/** Six cases: one faster, two slower, two the same, one unclear. */
export function comparison(changes: Partial<Comparison> = {}): Comparison {
  const cases = changes.cases ?? CASES;
  const count = (verdict: ComparedCase['verdict']): number =>
    cases.filter((one) => one.verdict === verdict).length;
  return {
    schema: 'guestmark-comparison',
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    tool: { name: 'guestmark', version: '0.1.0', node: 'v20.20.2' },
    options: COMPARE_DEFAULTS,
    baseline: baselineRecord(),
    contender: contenderRecord(),
    collection: {
      kind: 'separate',
      statement:
        'collected one after the other, 3 h apart: what drifted in between (temperature, other load) is part of the ratio',
    },
    cases,
    unpaired: { baseline: ['copy[n=256Mi]'], contender: ['axpy[n=1Mi]', 'axpy[n=4Mi]'] },
    counts: {
      faster: count('faster'),
      slower: count('slower'),
      same: count('same'),
      unclear: count('unclear'),
    },
    means: [
      { metric: 'gpuTime', cases: 4, ratio: available(within(0.995, 0.008)) },
      { metric: 'wallTime', cases: 6, ratio: available(within(1.098, 0.02)) },
      { metric: 'correctedWallTime', cases: 4, ratio: available(within(1.083, 0.02)) },
      { metric: 'wallTimeP99', cases: 1, ratio: unavailable('one case has no mean') },
    ],
    explanation: available({
      cases: 5,
      wallDifference: { value: 0.121, low: 0.11, high: 0.133 },
      parts: [
        { id: 'device', ofBaseline: { value: -0.009, low: -0.012, high: -0.006 } },
        { id: 'submit', ofBaseline: { value: 0.006, low: 0.004, high: 0.008 } },
        { id: 'wake-up', ofBaseline: { value: 0.074, low: 0.066, high: 0.081 } },
        { id: 'steal', ofBaseline: { value: 0.046, low: 0.041, high: 0.05 } },
        { id: 'run-queue', ofBaseline: { value: 0.001, low: 0, high: 0.002 } },
        { id: 'unexplained', ofBaseline: { value: 0.003, low: -0.002, high: 0.008 } },
      ],
      statement:
        'of 12 % more wall time on the guest, 61 % is the wake-up and 38 % is time that the hypervisor took; the device itself is as fast',
    }),
    fidelity: {
      verdict: 'different',
      equal: 3,
      different: ['sgemm-tiled[n=1Ki]'],
      unknown: 2,
      statement: 'outputs of 1 case differ, those of 3 are equal, and 2 have none to compare',
    },
    doubts: [
      {
        id: 'different-tier',
        message: 'the baseline was measured in tier C and the contender in tier A',
        advice: null,
      },
      {
        id: 'steal',
        message: 'the hypervisor took more than 1 % of the contender’s time in 1 case',
        advice: 'judge by --metric correctedWallTime, or free the host',
      },
    ],
    ...changes,
  };
}
