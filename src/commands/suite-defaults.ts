// How long `run` measures by default, by suite: for its help and for what was not said on the command line.
import type { SuiteName } from '../suite/benchmark.ts';

/** Defaults per suite: on two CPU cores quick answers within a minute, standard within ten, full in hours. */
export const SUITE_DEFAULTS: Readonly<
  Record<SuiteName, { readonly runs: number; readonly minTimeNs: number; readonly maxTimeNs: number }>
> = {
  quick: { runs: 3, minTimeNs: 0.08e9, maxTimeNs: 0.15e9 },
  standard: { runs: 3, minTimeNs: 0.1e9, maxTimeNs: 0.2e9 },
  full: { runs: 5, minTimeNs: 0.5e9, maxTimeNs: 5e9 },
  latency: { runs: 3, minTimeNs: 0.1e9, maxTimeNs: 0.3e9 },
  host: { runs: 3, minTimeNs: 0.1e9, maxTimeNs: 0.2e9 },
};
