// Sides with known truth: run medians and samples drawn with a seed, so that what a comparison should find is known.
import { available, unavailable } from '../../src/base/availability.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { CaseEvidence, ReportFacts, RunEvidence, Side } from '../../src/evidence/evidence.ts';
import { randomNormal } from '../../src/stats/random-gamma.ts';

/** A run whose wall is its device time and 20 µs, with `stolenNs` stolen of every sample. */
export function runEvidence(
  gpuNs: readonly number[],
  changes: Partial<RunEvidence> = {},
  stolenNs = 0,
): RunEvidence {
  const gpuTime = Float64Array.from(gpuNs);
  const quiet = gpuTime.map((ns) => ns + 20_000);
  const wallTime = quiet.map((ns) => ns + stolenNs);
  return {
    report: 0,
    run: 1,
    times: { gpuTime, wallTime },
    correctedWall: available({ lowNs: quiet.map((ns) => ns - 2_000), highNs: quiet }),
    undisturbedWall: available({ lowNs: quiet.map((ns) => ns - 2_000), highNs: quiet }),
    parts: [],
    wallMeanNs: wallTime.reduce((sum, ns) => sum + ns, 0) / wallTime.length,
    stealShare: available({ low: stolenNs / (1e6 + stolenNs), high: stolenNs / (1e6 + stolenNs) }),
    outputSha256: available('aa'),
    computeClockHz: unavailable('a software device has none'),
    throttleReasons: [],
    ...changes,
  };
}

/** How runs are made. */
export interface Drawn {
  readonly seed: number;
  readonly runs?: number;
  readonly samples?: number;
  /** Factor of the device time. */
  readonly factor?: number;
  /** Standard deviation between runs. */
  readonly runEffect?: number;
  readonly stolenNs?: number;
}

/** Runs around a device time of 1 ms. */
export function drawnRuns({
  seed,
  runs = 10,
  samples = 30,
  factor = 1,
  runEffect = 0,
  stolenNs = 0,
}: Drawn): readonly RunEvidence[] {
  const random = seededRandom(seed);
  return Array.from({ length: runs }, (_, run) => {
    const effect = factor * Math.exp(runEffect * randomNormal(random));
    const gpuNs = Array.from(
      { length: samples },
      () => 1e6 * effect * Math.exp(0.002 * randomNormal(random)),
    );
    return runEvidence(gpuNs, { run: run + 1 }, stolenNs);
  });
}

/** A case of such runs. */
export function caseEvidence(id: string, drawn: Drawn, changes: Partial<CaseEvidence> = {}): CaseEvidence {
  return {
    id,
    benchmark: id.replace(/\[.*/, ''),
    axes: {},
    kind: 'throughput',
    category: 'memory',
    bytes: 1e6,
    flops: null,
    items: null,
    itemName: 'items',
    showsItemTime: false,
    runs: drawnRuns(drawn),
    problems: [],
    spirvSha256: null,
    ...changes,
  };
}

/** What a report of one machine says of itself. */
export function reportFacts(changes: Partial<ReportFacts> = {}): ReportFacts {
  return {
    path: 'a.json',
    producer: 'guestmark',
    toolVersion: '0.1.0',
    startedAt: available('2026-01-02T03:04:05.000Z'),
    finishedAt: available('2026-01-02T03:05:05.000Z'),
    status: 'complete',
    hostname: available('guest-1'),
    device: available('Example GPU'),
    software: false,
    driver: available('Example 1.2'),
    binding: available('koffi'),
    tier: available('A'),
    hypervisor: available('KVM'),
    attachment: available('passthrough'),
    linuxRelease: available('6.1.0'),
    cpuModel: available('Example CPU'),
    cpuCount: 2,
    settings: { wait: 'auto' },
    powerLimitWatts: unavailable('nobody tells'),
    processStartsMs: [1_000],
    ...changes,
  };
}

/** A side of one report. */
export function side(cases: readonly CaseEvidence[], facts: Partial<ReportFacts> = {}): Side {
  return { reports: [reportFacts(facts)], cases, refused: [] };
}
