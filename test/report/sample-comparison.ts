// A comparison with an external clock for tests. Figures are made up; nothing else is.
import type { ExternalComparison } from '../../src/external/bracket.ts';

/** A second by an external clock, with which both clocks of the guest agree. */
export function comparison(changes: Partial<ExternalComparison> = {}): ExternalComparison {
  return {
    clock: 'CLOCK_MONOTONIC',
    serverClock: 'CLOCK_MONOTONIC_RAW',
    guestWallNs: 1e9,
    externalWallNs: 1e9,
    boundNs: 100e3,
    driftPpm: { value: 0, low: -100, high: 100 },
    tolerancePpm: 200,
    roundTripNs: 110e3,
    verdict: 'agrees',
    steady: true,
    otherDriftPpm: { CLOCK_MONOTONIC_RAW: { value: 0, low: -100, high: 100 } },
    ...changes,
  };
}
