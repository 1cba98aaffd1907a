import { describe, expect, it } from 'vitest';
import { explainOutlier, type SuspectNode } from '../../src/merge/explain-outlier.ts';
import type { FleetCase, FleetFinding } from '../../src/merge/fleet-report.ts';
import type { NodeSign } from '../../src/merge/node-signs.ts';

const CASES = [
  { category: 'memory', kind: 'throughput' },
  { category: 'host', kind: 'throughput' },
  { category: 'host', kind: 'latency' },
] as readonly Partial<FleetCase>[] as readonly FleetCase[];

const found = (index: number | null, metric: FleetFinding['metric'], ratio: number): FleetFinding => ({
  case: index,
  metric,
  verdict: ratio > 1 ? 'slower' : 'faster',
  ratio,
  p: { raw: 1e-9, adjusted: 1e-6 },
});

const CLOCK: NodeSign = { cause: 'gpu', touches: 'all', explains: 1.05, text: 'clock' };
const LINK: NodeSign = { cause: 'gpu', touches: 'link', explains: 2, text: 'link' };
const STEAL: NodeSign = { cause: 'guest', touches: 'all', explains: 1.11, text: 'steal' };
const EXIT: NodeSign = { cause: 'guest', touches: 'latency', explains: 1.5, text: 'exit' };

function explain(
  findings: readonly FleetFinding[],
  signs: readonly NodeSign[],
  changes: Partial<SuspectNode> = {},
) {
  return explainOutlier({ findings, signs, software: false, hasDeviceTime: () => true, ...changes }, CASES);
}

describe('explainOutlier()', () => {
  it('takes a lower clock for a slow kernel', () => {
    const findings = [found(0, 'wallTime', 1.041), found(0, 'gpuTime', 1.04)];
    expect(explain(findings, [CLOCK, STEAL])).toEqual({ cause: 'gpu', reasons: ['clock'] });
  });

  it('takes steal for a slow wall time, where the time of the device is as ever', () => {
    expect(explain([found(null, 'wallTime', 1.11)], [CLOCK, STEAL])).toEqual({
      cause: 'guest',
      reasons: ['steal'],
    });
  });

  it('takes no sign that is too small', () => {
    const nothing = { cause: 'unexplained', reasons: [] };
    expect(explain([found(0, 'gpuTime', 1.4)], [CLOCK])).toEqual(nothing);
    expect(explain([found(0, 'wallTime', 1.6)], [STEAL])).toEqual(nothing);
    expect(explain([found(0, 'gpuTime', 1.04)], [])).toEqual(nothing);
  });

  it('takes steal for no slowness of a GPU, but of a device that computes on the CPUs', () => {
    const findings = [found(0, 'gpuTime', 1.1)];
    expect(explain(findings, [STEAL]).cause).toBe('unexplained');
    expect(explain(findings, [STEAL], { software: true }).cause).toBe('guest');
  });

  it('takes a narrow link for slow copies alone, and exits for slow round trips alone', () => {
    expect(explain([found(1, 'wallTime', 1.9)], [LINK]).cause).toBe('gpu');
    expect(explain([found(0, 'gpuTime', 1.9)], [LINK]).cause).toBe('unexplained');
    expect(explain([found(2, 'wallTime', 1.3)], [EXIT]).cause).toBe('guest');
    expect(explain([found(0, 'wallTime', 1.3)], [EXIT]).cause).toBe('unexplained');
  });

  it('gives a node that is only faster no cause', () => {
    expect(explain([found(0, 'gpuTime', 0.9)], [CLOCK]).cause).toBe('unexplained');
  });
});
