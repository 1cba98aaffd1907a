// The cases of waiting by where the waiting thread ran and what the guest did meanwhile: the grid that tells what waking an
// idle vCPU costs. Reads results by their names and axes; what follows from them is derived elsewhere.
import type { MetricId } from './metric-units.ts';
import type { CaseResult, Metric } from './report.ts';

/** The axes of the grid, as bench/parts/guest-setting.ts has them. */
export const PINS = [
  { value: 0, name: 'free' },
  { value: 1, name: 'same vCPU' },
  { value: 2, name: 'other vCPU' },
] as const;
export const LOADS = [
  { value: 0, name: 'idle' },
  { value: 1, name: 'awake' },
  { value: 2, name: 'contended' },
] as const;
export type Pin = (typeof PINS)[number]['value'];
export type Load = (typeof LOADS)[number]['value'];

/** A way to wait, in all settings that were measured. */
export interface CompletionWay {
  /** `fence-wait`, or `futex-ping-pong` for what needs no GPU. */
  readonly name: string;
  /** A metric in a setting; undefined where it was not measured. */
  readonly metric: (pin: Pin, load: Load, id: MetricId) => Metric | undefined;
}

const PREFIX = 'completion-';
export const FUTEX = 'futex-ping-pong';

/** The ways that were measured, in the order of the results and the futex last. */
export function completionWays(results: readonly CaseResult[]): readonly CompletionWay[] {
  const own = results.filter(
    ({ benchmark, status, axes }) =>
      status === 'ok' && isWay(benchmark) && axes.pin !== undefined && axes.load !== undefined,
  );
  const names = [...new Set(own.map(({ benchmark }) => benchmark))];
  const order = [...names.filter((name) => name !== FUTEX), ...names.filter((name) => name === FUTEX)];
  return order.map((benchmark) => ({
    name: benchmark.startsWith(PREFIX) ? benchmark.slice(PREFIX.length) : benchmark,
    metric: (pin, load, id) =>
      own
        .find(({ benchmark: name, axes }) => name === benchmark && axes.pin === pin && axes.load === load)
        ?.metrics.find((metric) => metric.id === id),
  }));
}

/**
 * Whether a case of the grid makes the waiting thread share its vCPU, with who ends the wait or with a process that computes:
 * that it waits for the CPU is then no fault of the machine.
 */
export function isContendedOnPurpose({ benchmark, axes }: Pick<CaseResult, 'benchmark' | 'axes'>): boolean {
  return isWay(benchmark) && (axes.pin === 1 || axes.load === 2);
}

function isWay(benchmark: string): boolean {
  return benchmark.startsWith(PREFIX) || benchmark === FUTEX;
}
