// Whether the context switches of the measuring thread are recorded in a case. The kernel takes two microseconds for
// each, which is a tenth of a short round trip, so a latency has them only where they tell something.
import type { SessionClocks } from './session.ts';

/** Less steal is bounded well enough by the counters of the CPUs. */
const MUCH_STEAL = 0.05;

/** What a case is, for this. */
export interface RecordedCase {
  readonly kind: 'throughput' | 'latency';
  /** Whether the device's times are known: only against them do switches split a wake-up. */
  readonly timestamps: boolean;
}

/**
 * Begins or ends recording for the samples to come.
 *
 * @returns What the reader must know of it.
 */
export function recordSwitches(
  { offCpu, verdict, stolenShare }: Pick<SessionClocks, 'offCpu' | 'verdict' | 'stolenShare'>,
  { kind, timestamps }: RecordedCase,
): readonly string[] {
  if (offCpu === null) return [];
  if (kind === 'throughput' || timestamps) {
    offCpu.resume();
    return [];
  }
  const share = verdict.tier === 'A' ? stolenShare() : 0;
  if (share < MUCH_STEAL) {
    offCpu.pause();
    return [];
  }
  offCpu.resume();
  // The kernel may refuse by now.
  if (!offCpu.recording) return [];
  const percent = Math.round(100 * share);
  return [
    `context switches were recorded, because ${percent} % of a CPU was stolen: every wait that blocks is some microseconds longer by that`,
  ];
}
