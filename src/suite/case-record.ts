// What a case has come to so far: filled in as it goes on, so that it becomes the result however the case ends.
import { unavailable } from '../base/availability.ts';
import type { CaseRun, SampleColumns } from './case-run.ts';

/** What is known of a case so far. */
export interface CaseRecord {
  waitMode: CaseRun['waitMode'];
  iterations: number;
  warmUpSubmissions: number;
  verifiedBefore: number;
  verifiedAfter: number;
  outputSha256: CaseRun['outputSha256'];
  stopReason: CaseRun['stopReason'];
  samples: SampleColumns | null;
  timestampFaults: CaseRun['timestampFaults'];
  samplingSteal: CaseRun['samplingSteal'];
  deviceClock: CaseRun['deviceClock'];
  deviceState: CaseRun['deviceState'];
  doubling: CaseRun['doubling'];
  ownCost: CaseRun['ownCost'];
  figures: CaseRun['figures'];
  interrupts: CaseRun['interrupts'];
  counters: CaseRun['counters'];
  notes: string[];
}

/** The record of a case that has not begun. */
export function newCaseRecord(): CaseRecord {
  return {
    waitMode: null,
    iterations: 0,
    warmUpSubmissions: 0,
    verifiedBefore: 0,
    verifiedAfter: 0,
    outputSha256: unavailable('the case did not come to its verification'),
    stopReason: null,
    samples: null,
    timestampFaults: [],
    samplingSteal: unavailable('the case was not sampled'),
    deviceClock: unavailable('the case was not sampled'),
    deviceState: unavailable('the case was not sampled to its end'),
    doubling: unavailable('the case did not come to it'),
    ownCost: unavailable('the case did not come to it'),
    figures: [],
    interrupts: unavailable('the case was not sampled'),
    counters: unavailable('the case was not sampled'),
    notes: [],
  };
}
