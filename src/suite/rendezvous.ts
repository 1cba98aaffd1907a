// What a case does where several processes sample at once: it waits when it is warm until the others are, and then samples for
// a given span. Types and the thinning of its samples; knows no process and no channel.
import type { StoppingRule } from './stopping.ts';

/** The meeting of processes that sample at once. */
export interface Rendezvous {
  /** For how long everybody samples, in ns. */
  readonly spanNs: number;
  /** Told when the first output was found right. */
  readonly verified: () => void;
  /** Awaited when the case is warm; resolves when all may sample. */
  readonly meet: (id: string) => Promise<void>;
  /** Told when the case has sampled. */
  readonly sampled: (id: string, span: SampledSpan) => void;
}

/** How the span was sampled. */
export interface SampledSpan {
  /** Submissions from the start of one sample to that of the next: 1 where every submission is a sample. */
  readonly submissionsPerSample: number;
}

/** So many samples tell a p99 well; more of them only fill memory and reports. */
const WANTED_SAMPLES = 4000;
/** The first batch, from which the thinning follows, may have been a slow one. */
const MOST_SAMPLES = 4 * WANTED_SAMPLES;

/** Samples for the span, and for nothing else. */
export function spanRule(spanNs: number): StoppingRule {
  return {
    minTimeNs: spanNs,
    maxTimeNs: spanNs,
    minSamples: 1,
    maxSamples: MOST_SAMPLES,
    targetRelativeHalfWidth: null,
  };
}

/**
 * Submissions behind every sample that are made and not kept, so that a short case loads the device all of the span.
 *
 * @param submissionNs How long one took, in the first batch.
 */
export function unkeptPerSample(spanNs: number, submissionNs: number): number {
  if (!(submissionNs > 0)) return 0;
  return Math.max(0, Math.ceil(spanNs / submissionNs / WANTED_SAMPLES) - 1);
}
