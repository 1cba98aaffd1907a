// Cases of the grid of waits for tests, by their medians: each with an interval of ± 1 % and what else the grid shows.
import type { CaseResult, Metric } from '../../src/report/report.ts';
import { caseResult } from './sample-report.ts';

/** Further figures of a case. */
export interface Shown {
  readonly p95Ns?: number;
  readonly cpuShare?: number;
  readonly runQueueShare?: number;
  /** Half of the interval of the median, of its value. */
  readonly within?: number;
}

/** `completion-fence-wait[pin=2,load=0]` with a median. */
export function waitCase(
  benchmark: string,
  [pin, load]: readonly [number, number],
  medianNs: number,
  { p95Ns = 1.5 * medianNs, cpuShare = 0.25, runQueueShare = 0.01, within = 0.01 }: Shown = {},
): CaseResult {
  const metric = (id: string, unit: Metric['unit'], value: number, spread = 0): Metric => ({
    id,
    unit,
    value,
    low: value * (1 - spread),
    high: value * (1 + spread),
    method: '',
  });
  return caseResult({
    id: `${benchmark}[pin=${pin},load=${load}]`,
    benchmark,
    axes: { pin, load },
    kind: 'latency',
    runs: [],
    warnings: [],
    metrics: [
      metric('wallTime', 'ns', medianNs, within),
      metric('wallTimeP95', 'ns', p95Ns),
      metric('cpuShare', 'ratio', cpuShare),
      metric('runQueueShare', 'ratio', runQueueShare),
    ],
  });
}

/** The guest of the facts: an idle vCPU costs 50 µs a wait. */
export const DEAR: readonly CaseResult[] = [
  waitCase('completion-fence-wait', [0, 0], 70e3),
  waitCase('completion-fence-wait', [0, 1], 17e3),
  waitCase('completion-fence-wait', [1, 0], 15e3),
  waitCase('completion-fence-wait', [1, 1], 14e3),
  waitCase('completion-fence-wait', [2, 0], 75e3),
  waitCase('completion-fence-wait', [2, 1], 25e3),
  waitCase('completion-fence-wait', [2, 2], 40e3, { p95Ns: 4e6, runQueueShare: 0.6 }),
  waitCase('completion-fence-poll', [1, 0], 3e6),
  waitCase('completion-fence-poll', [2, 0], 20e3, { cpuShare: 0.99 }),
  waitCase('completion-hybrid', [2, 0], 22e3),
  waitCase('futex-ping-pong', [1, 0], 5e3),
  waitCase('futex-ping-pong', [2, 0], 56e3),
  waitCase('futex-ping-pong', [2, 1], 11e3),
];
