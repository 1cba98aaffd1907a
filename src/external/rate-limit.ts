// Token buckets, one per source and one for all of them, in bounded memory. Times come from the caller;
// knows nothing of packets and sockets.

/** How much a server answers. */
export interface RateLimits {
  /** Answers a second to one source, in the long run. */
  readonly perSource: number;
  /** Answers a second to all sources together. */
  readonly global: number;
  /** Sources remembered. One that was forgotten begins with a full bucket, and the global bucket still holds. */
  readonly sources: number;
}

/** A burst of a client is 20 requests; a run with many short cases asks for a few of them a second. */
export const DEFAULT_LIMITS: RateLimits = { perSource: 400, global: 4000, sources: 1024 };

/** Whether a request may be answered, and if not, whose bucket is empty. */
export type RateVerdict = 'ok' | 'source-rate' | 'global-rate';

/** Decides on one request; `nowNs` never goes back. */
export type RateLimiter = (source: string, nowNs: number) => RateVerdict;

/** A bucket holds what flows in during so long: a client may ask this much at once. */
const BURST_SECONDS = 0.5;

interface Bucket {
  tokens: number;
  filledNs: number;
}

/** Opens the buckets, all of them full. */
export function rateLimiter(limits: RateLimits): RateLimiter {
  const sources = new Map<string, Bucket>();
  let everybody: Bucket | undefined;
  return (source, nowNs) => {
    everybody = refilled(everybody, limits.global, nowNs);
    const bucket = refilled(sources.get(source), limits.perSource, nowNs);
    // Behind all others: the first of the map is the one that was silent for longest.
    sources.delete(source);
    sources.set(source, bucket);
    if (sources.size > limits.sources) sources.delete(sources.keys().next().value as string);
    if (bucket.tokens < 1) return 'source-rate';
    if (everybody.tokens < 1) return 'global-rate';
    bucket.tokens--;
    everybody.tokens--;
    return 'ok';
  };
}

function refilled(bucket: Bucket | undefined, perSecond: number, nowNs: number): Bucket {
  const capacity = Math.max(1, perSecond * BURST_SECONDS);
  if (bucket === undefined) return { tokens: capacity, filledNs: nowNs };
  const inflow = ((nowNs - bucket.filledNs) / 1e9) * perSecond;
  return { tokens: Math.min(capacity, bucket.tokens + inflow), filledNs: nowNs };
}
