// The record of a run in which a case was not measured, made by the parent: its process died under it,
// or the case was not tried again.
import { unavailable } from '../base/availability.ts';
import type { CaseRun, Failure } from '../suite/case-run.ts';

/** A run that failed before its process could say anything of it. */
export function failedRun(run: number, failure: Failure): CaseRun {
  return { ...unmeasured(run, 'its process did not finish the case'), status: 'failed', failure };
}

/** A run in which the case was left out. */
export function skippedRun(run: number, skipReason: string): CaseRun {
  return { ...unmeasured(run, 'the case was not started'), status: 'skipped', skipReason };
}

function unmeasured(run: number, reason: string): Omit<CaseRun, 'status'> {
  return {
    run,
    processStartedAt: null,
    failure: null,
    skipReason: null,
    iterations: 0,
    waitMode: null,
    warmUpSubmissions: 0,
    verifiedBefore: 0,
    verifiedAfter: 0,
    outputSha256: unavailable(reason),
    stopReason: null,
    samples: null,
    timestampFaults: [],
    steal: unavailable(reason),
    samplingSteal: unavailable(reason),
    stalls: unavailable(reason),
    caseWallNs: 0,
    external: unavailable(reason),
    deviceClock: unavailable(reason),
    deviceState: unavailable(reason),
    doubling: unavailable(reason),
    ownCost: unavailable(reason),
    figures: [],
    interrupts: unavailable(reason),
    counters: unavailable(reason),
    notes: [],
  };
}
