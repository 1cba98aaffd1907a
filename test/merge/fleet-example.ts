// Fleets that are made up, the same for the same parameters: a bandwidth that is normal on every node, some nodes slow for a
// reason, some without values. Awkward on request, because names come from anywhere.
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { type Random, seededRandom } from '../../src/base/random.ts';
import type {
  FleetCase,
  FleetCause,
  FleetDistribution,
  FleetFinding,
  FleetMeasure,
  FleetNode,
  FleetOutlier,
  FleetReport,
} from '../../src/merge/fleet-report.ts';
import { quantileOfSorted, sortedCopy } from '../../src/stats/quantile.ts';

/** What the fleet is like. */
interface FleetParameters {
  readonly nodes?: number;
  readonly cases?: number;
  /** The first ones of the nodes. */
  readonly outliers?: number;
  readonly gaps?: number;
  /** In place of the plain names of nodes, cases, files, reasons. */
  readonly names?: (plain: string) => string;
}

const FEWEST_NODES = 5;
const METRICS = ['gpuTime', 'wallTime', 'correctedWallTime'] as const;
const CAUSES: readonly FleetCause[] = ['gpu', 'guest', 'unexplained'];
const REASONS: Readonly<Record<FleetCause, readonly string[]>> = {
  gpu: ['compute clock 1.21 GHz (fleet 1.98 GHz)', 'throttled by: software thermal slowdown'],
  guest: ['steal 10.1 % (fleet 0.2 %)'],
  unexplained: [],
};

/** A fleet; without parameters five nodes, three cases, no outlier. */
export function fleetExample({
  nodes = 5,
  cases = 3,
  outliers = 0,
  gaps = 0,
  names = (plain) => plain,
}: FleetParameters = {}): FleetReport {
  const random = seededRandom(7);
  const all = Array.from({ length: nodes }, (_, index) => fleetNode(index, outliers, names, random));
  const measured = Array.from({ length: cases }, (_, index) =>
    fleetCase(index, nodes, outliers, names, random),
  );
  return {
    schema: 'guestmark-fleet',
    schemaVersion: '1.0',
    tool: { name: 'guestmark', version: '0.1.0', node: '20.19.0' },
    options: { noiseFloor: 0.01, alpha: 0.01, fewestNodes: FEWEST_NODES },
    plan: {
      schema: 'guestmark-fleet-plan',
      schemaVersion: '1.0',
      tool: { name: 'guestmark', version: '0.1.0', node: '20.19.0' },
      engine: 'slurm',
      name: names('nightly'),
      createdAt: '2026-01-02T03:04:05.000Z',
      tasks: nodes + gaps,
      unit: 'node',
      nodes: [],
      runArguments: ['--suite', 'quick'],
    },
    nodes: all,
    cases: measured,
    outliers: Array.from({ length: outliers }, (_, node) => fleetOutlier(node, measured)),
    unjudged: nodes < FEWEST_NODES ? all.map((_, node) => node) : [],
    gaps: Array.from({ length: gaps }, (_, index) => ({
      task: index % 3 === 2 ? null : nodes + index,
      node: index % 3 === 1 ? null : names(`node-${nodes + index}`),
      reason: names(index % 2 === 0 ? 'was killed' : 'was never started'),
    })),
    differences: [
      {
        what: names('driver'),
        values: [
          { value: names('NVIDIA 550.54.15'), nodes: nodes - 1, first: names('node-00002') },
          { value: names('NVIDIA 535.104.05'), nodes: 1, first: names('node-00001') },
        ],
      },
    ],
    refused: gaps === 0 ? [] : [{ path: names('reports/task-00099.json'), message: names('is cut off') }],
  };
}

/** Slow nodes are 4 % to 30 % slower in every second case. */
function slowness(node: number, index: number, outliers: number): number {
  return node < outliers && (index + node) % 2 === 0 ? 1.04 + (node % 14) * 0.02 : 1;
}

function fleetCase(
  index: number,
  nodes: number,
  outliers: number,
  names: (plain: string) => string,
  random: Random,
): FleetCase {
  const n = 2 ** (10 + (index % 14));
  const isLatency = index % 5 === 4;
  const benchmark = isLatency ? 'empty-submit' : ['copy', 'scan', 'fft', 'matmul'][index % 4];
  const ns = 1e4 * (index + 1);
  const values = (factor: number): readonly (number | null)[] =>
    Array.from({ length: nodes }, (_, node) =>
      nodes > 3 && node === nodes - 1
        ? null
        : ns *
          factor *
          slowness(node, index, outliers) *
          (1 + 0.004 * (random() + random() + random() - 1.5)),
    );
  const measures = (isLatency ? METRICS.slice(1) : METRICS).map((metric, place) =>
    measureOf(metric, values(1 + place / 4)),
  );
  return {
    id: names(`${benchmark}[n=${n},k=${index}]`),
    benchmark: names(benchmark ?? ''),
    axes: { n, k: index },
    kind: isLatency ? 'latency' : 'throughput',
    category: isLatency ? 'host' : 'memory',
    main: isLatency ? 'wallTime' : 'gpuTime',
    rate: isLatency ? null : { unit: 'B/s', amount: 8 * n },
    measures,
    missing: nodes > 3 ? [{ reason: names('the device lacks shaderInt64'), nodes: [nodes - 1] }] : [],
  };
}

function measureOf(metric: FleetMeasure['metric'], values: readonly (number | null)[]): FleetMeasure {
  return { metric, values, distribution: distributionOf(values.filter((value) => value !== null)) };
}

function distributionOf(values: readonly number[]): FleetDistribution {
  const sorted = sortedCopy(values);
  const q = (p: number): number => quantileOfSorted(sorted, p);
  const deviations = sortedCopy(values.map((value) => Math.abs(value - q(0.5))));
  return {
    nodes: values.length,
    min: q(0),
    p01: q(0.01),
    p05: q(0.05),
    p25: q(0.25),
    median: q(0.5),
    p75: q(0.75),
    p95: q(0.95),
    p99: q(0.99),
    max: q(1),
    spread: deviations.length < 2 ? null : (1.4826 * quantileOfSorted(deviations, 0.5)) / q(0.5),
  };
}

function fleetOutlier(node: number, cases: readonly FleetCase[]): FleetOutlier {
  const findings = cases.flatMap((one, index) => findingOf(node, one, index));
  const cause = CAUSES[node % 3] ?? 'unexplained';
  const ratio = 1.02 + (node % 14) * 0.01;
  const overall: FleetFinding = {
    case: null,
    metric: 'gpuTime',
    verdict: 'slower',
    ratio,
    p: { raw: 1e-9, adjusted: 1e-5 },
  };
  const all = [...findings, overall].sort((a, b) => b.ratio - a.ratio);
  return { node, verdict: 'slower', cause, reasons: REASONS[cause], findings: all };
}

function findingOf(node: number, one: FleetCase, index: number): readonly FleetFinding[] {
  const measure = one.measures.find(({ metric }) => metric === one.main);
  const value = measure?.values[node] ?? null;
  if (measure === undefined || value === null) return [];
  const ratio = value / measure.distribution.median;
  if (ratio < 1.03) return [];
  return [{ case: index, metric: one.main, verdict: 'slower', ratio, p: { raw: 1e-12, adjusted: 1e-7 } }];
}

function fleetNode(
  index: number,
  outliers: number,
  names: (plain: string) => string,
  random: Random,
): FleetNode {
  const name = names(`node-${String(index + 1).padStart(5, '0')}`);
  const cause = index < outliers ? CAUSES[index % 3] : undefined;
  const steal = cause === 'guest' ? 0.1 + 0.004 * random() : 0.002 * random();
  const known = <T>(value: T): Available<T> =>
    index % 50 === 49 ? unavailable(names('the driver does not say')) : available(value);
  return {
    name,
    hostname: available(name),
    device: available(names('NVIDIA H100 PCIe')),
    driver: available(names(index === 0 ? 'NVIDIA 535.104.05' : 'NVIDIA 550.54.15')),
    hypervisor: available('KVM, made by QEMU'),
    attachment: available('passthrough'),
    linuxRelease: available('6.1.0-18-amd64'),
    toolVersion: '0.1.0',
    reports: [names(`reports/task-${String(index).padStart(5, '0')}.json`)],
    measured: 3,
    failed: index % 100 === 7 ? 1 : 0,
    state: {
      computeClockHz: known(cause === 'gpu' ? 1.21e9 : 1.98e9 - 1e7 * Math.floor(3 * random())),
      throttleReasons: cause === 'gpu' ? ['software thermal slowdown'] : [],
      eccErrors: known(0),
      linkWidth: known(16),
      linkGtps: known(32),
      stealShare: known({ low: steal * 0.9, high: steal }),
      runQueueShare: known(0.001 * random()),
      throttledShare: unavailable(names('there is no CPU quota')),
      exitCostNs: known(1200 + 100 * random()),
    },
  };
}
