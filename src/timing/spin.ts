// Computing for a given time without giving up the CPU: for null windows, and to let timer ticks pass.

/** Spins for `durationNs`. */
export function spinNs(durationNs: number): void {
  const endMs = performance.now() + durationNs / 1e6;
  while (performance.now() < endMs);
}
