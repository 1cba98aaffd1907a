import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { DeviceState } from '../../src/device-state/device-state.ts';
import { evidenceOf } from '../../src/evidence/case-evidence.ts';
import type { CaseEvidence } from '../../src/evidence/evidence.ts';
import { sampledRuns } from '../../src/report/case-samples.ts';
import { correctedWallMetrics } from '../../src/report/corrected-wall.ts';
import type { CaseResult } from '../../src/report/report.ts';
import {
  caseResult,
  caseRun,
  failedCase,
  fiveRuns,
  sampleColumns,
  sampleReport,
  skippedCase,
} from '../report/sample-report.ts';

const BASE = caseResult();
const measured = (changes: Partial<CaseResult> = {}): CaseResult => ({ ...BASE, ...changes });

function evidence(result: CaseResult, changes: Parameters<typeof sampleReport>[0] = {}): CaseEvidence {
  const [first] = evidenceOf(sampleReport({ results: [result], ...changes }), 'a.json', 3).cases;
  if (first === undefined) throw new Error('there is a case');
  return first;
}

describe('evidenceOf()', () => {
  it('has the samples of every run by clock, of one iteration or of one submission', () => {
    const { runs, problems, bytes } = evidence(measured());
    expect(runs.map(({ report, run }) => [report, run])).toEqual([1, 2, 3, 4, 5].map((run) => [3, run]));
    const source = sampledRuns(fiveRuns())[0]?.samples;
    expect(runs[0]?.times.gpuTime).toEqual(
      Float64Array.from(source?.gpuNs ?? [], (ns) => (ns as number) / 10),
    );
    expect(runs[0]?.times.wallTime?.[0]).toBeCloseTo((source?.wallNs[0] as number) / 10, 6);
    expect(runs[0]?.times.submitTime?.[0]).toBe(5000);
    expect(runs[0]?.wallMeanNs).toBeGreaterThan(4e5);
    expect([problems, bytes]).toEqual([[], 128 * 2 ** 20]);
  });

  it('leaves out clocks that no sample has, and samples without a value', () => {
    const samples = sampleColumns([1e6, 2e6, 3e6], { gpuNs: [1e6, null, 3e6], submitNs: [null, null, null] });
    const { times } = evidence(measured({ runs: [caseRun({ samples, iterations: 1 })] })).runs[0] ?? {};
    expect(times?.gpuTime).toEqual(Float64Array.of(1e6, 3e6));
    expect(times?.submitTime).toBeUndefined();
    expect(times?.wallTime).toHaveLength(3);
  });

  it('has the corrected wall time of which the report shows the median', () => {
    const steal = { totalNs: 4e6, perCpuNs: { cpu0: 4e6 }, tickNs: 1e7, note: null };
    const samplingSteal = available({ ...steal, cpus: [0], cpusReason: 'seen', ceilingNs: 1e6 });
    const run = caseRun({ samplingSteal });
    const bounds = evidence(measured({ runs: [run] })).runs[0]?.correctedWall;
    if (bounds?.available !== true) throw new Error('steal is known');
    const [metric] = correctedWallMetrics(sampledRuns([run]), { seed: 1, resamples: 50 });
    const medianOf = (values: Float64Array): number => {
      const sorted = values.slice().sort();
      return ((sorted[14] as number) + (sorted[15] as number)) / 2;
    };
    expect(medianOf(bounds.value.highNs)).toBeCloseTo(metric?.value as number, 6);
    expect(medianOf(bounds.value.lowNs)).toBeLessThan(metric?.value as number);
    expect(bounds.value.lowNs).toHaveLength(30);
  });

  it('says why steal is unknown', () => {
    const each = (length: number): null[] => Array<null>(length).fill(null);
    const samples = sampleColumns([1e6, 1e6], {
      ...{ correctedHighNs: each(2), correctedFloorNs: each(2), stealLowNs: each(2), stealHighNs: each(2) },
    });
    const [run] = evidence(measured({ runs: [caseRun({ samples })] })).runs;
    expect(run?.correctedWall).toEqual(unavailable('no sample tells what was stolen'));
    expect(run?.stealShare).toEqual(unavailable('no sample tells what was stolen'));
  });

  it('has no run after a wrong output, and says so once', () => {
    const { runs, problems } = evidence(failedCase());
    expect(runs).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/its output is wrong/)]);
  });

  it('says why a case was skipped, or never begun', () => {
    expect(evidence(skippedCase()).problems).toEqual([expect.stringMatching(/the device allows 128 MiB/)]);
    const pending = measured({ status: 'pending', runs: [] });
    expect(evidence(pending).problems).toEqual(['the run ended before it came to this case']);
  });

  it('has nothing to make rates of where the report gives none', () => {
    const halved = fiveRuns({ doubling: available({ axis: null, ratio: 1, pairs: 5 }) });
    const { bytes, items, problems, runs } = evidence(measured({ runs: halved }));
    expect([bytes, items, runs.length]).toEqual([null, null, 5]);
    expect(problems).toEqual([expect.stringMatching(/^no rate: twice the iterations/)]);
  });

  it('has no device time where the device contradicts itself, except for that of a latency its rates', () => {
    const samples = sampleColumns([1e6, 1e6, 1e6], { wallNs: [1e5, 1e5, 1e5] });
    const runs = [caseRun({ samples, doubling: unavailable('not asked for') })];
    const throughput = evidence(measured({ runs }));
    expect(throughput.runs[0]?.times).not.toHaveProperty('gpuTime');
    expect(throughput.runs[0]?.times).not.toHaveProperty('wakeUpTime');
    expect(throughput.runs[0]?.times).toHaveProperty('wallTime');
    expect(throughput.bytes).toBeNull();
    expect(throughput.problems[0]).toMatch(/^no device time, because it cannot be true/);
    expect(evidence(measured({ runs, kind: 'latency' })).bytes).toBe(128 * 2 ** 20);
  });

  it('knows the shader of a benchmark by its hash', () => {
    const shader = { benchmark: 'copy', path: 'copy.comp', language: 'glsl', entryPoint: 'main' } as const;
    const hashes = { sourceSha256: 'aa', spirvSha256: 'bb', targetEnvironment: null, compiler: null };
    const definition = { definitionSha256: null };
    expect(evidence(measured(), { shaders: [{ ...shader, ...hashes, ...definition }] }).spirvSha256).toBe(
      'bb',
    );
    expect(evidence(measured()).spirvSha256).toBeNull();
  });

  it('has the mean of the clocks around the samples, and what held them back', () => {
    const unknown = unavailable('not told');
    const state = (hertz: number, reasons: readonly string[]): DeviceState => ({
      ...{ memoryClockHz: unknown, temperatureCelsius: unknown, powerWatts: unknown, busyRatio: unknown },
      computeClockHz: available(hertz),
      throttleReasons: available(reasons),
      costNs: 1,
    });
    const change = { before: state(1e9, ['heat']), after: state(2e9, ['heat', 'power limit']) };
    const [run, plain] = evidence(
      measured({ runs: [caseRun({ deviceState: available(change) }), caseRun({ run: 2 })] }),
    ).runs;
    expect(run?.computeClockHz).toEqual(available(1.5e9));
    expect(run?.throttleReasons).toEqual(['heat', 'power limit']);
    expect(plain?.computeClockHz).toEqual(unavailable('the device tells nothing of its clocks'));
  });
});
