import type { FaultLayer } from './fault-layer.mjs';

/** One process of guestmark in which bits are flipped. */
export interface FlipPlan {
  readonly verify: 'around' | 'every';
  readonly cases: number;
  /** Later flips by so many submissions, another order of cases. */
  readonly offset: number;
}

/** A flipped bit, and what became of the case that it hit. */
export interface JudgedFlip {
  readonly pid: number;
  readonly n: number;
  readonly where: 'input' | 'output' | 'beyond';
  readonly phase: 'check' | 'warm-up' | 'sample' | 'after';
  /** After which sample, counted from 1; whether it was the last one. */
  readonly sample: number | null;
  readonly last: boolean;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly message: string | null;
}

/** What was found. */
export interface FlipCounts {
  readonly injected: number;
  /** In an output that a sample had just written: `around` finds the last of a case only. */
  readonly outputAtSample: { readonly injected: number; readonly found: number };
  /** In an input: every later output is wrong. */
  readonly inputBeforeTheLastSample: { readonly injected: number; readonly inFailedCases: number };
  readonly inCheck: { readonly injected: number; readonly inFailedCases: number };
  /** Overwritten before anybody could read it, or outside of the data. */
  readonly harmless: number;
  /** Cases reported as ok although what they left was wrong: must be 0. */
  readonly okWithWrongOutput: number;
}

export function flipBits(layer: FaultLayer, plan: FlipPlan): readonly JudgedFlip[];
export function countFound(flips: readonly JudgedFlip[]): FlipCounts;
