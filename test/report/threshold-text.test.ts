import { describe, expect, it } from 'vitest';
import type { JudgedThreshold, Metric } from '../../src/report/report.ts';
import { limitText, thresholdText } from '../../src/report/threshold-text.ts';

function text(metric: string, unit: Metric['unit'], limit: number, low: number, high: number): string {
  const threshold: JudgedThreshold = { metric, unit, limit, relation: '<=', verdict: 'missed', reason: null };
  return thresholdText(threshold, { id: metric, unit, value: low, low, high, method: '' });
}

describe('thresholdText()', () => {
  it('tells limit, verdict and interval in the unit of the metric', () => {
    expect(text('gpuTime', 'ns', 5e6, 6.1e6, 6.3e6)).toBe('gpuTime ≤ 5.00 ms missed: 6.10–6.30 ms');
    expect(text('bandwidth', 'B/s', 1e10, 9.1e9, 9.3e9)).toBe('bandwidth ≤ 10.0 GB/s missed: 9.10–9.30 GB/s');
    expect(text('itemRate', '1/s', 1e3, 2e3, 3e3)).toBe('itemRate ≤ 1.00 k/s missed: 2.00–3.00 k/s');
    expect(text('stealHigh', 'ratio', 0.01, 0.02, 0.02)).toBe('stealHigh ≤ 1.0 % missed: 2.0 %');
  });
});

describe('limitText()', () => {
  it('writes relations as people do', () => {
    const sign = (relation: JudgedThreshold['relation']): string =>
      limitText({ metric: 'cpuTime', unit: 'ns', limit: 0, relation });
    expect(['<=', '<', '>=', '>'].map((one) => sign(one as '<'))).toEqual([
      'cpuTime ≤ 0 ns',
      'cpuTime < 0 ns',
      'cpuTime ≥ 0 ns',
      'cpuTime > 0 ns',
    ]);
  });
});
