// Empties the caches of a device before a cold sample: a large buffer is written, which leaves nothing else in them.
// The way of nvbench, which writes as much as the L2 cache holds before each cold sample; Vulkan tells no cache's size.
import type { Scope } from '../base/scope.ts';
import type { ComputeDevice } from '../vulkan/compute-device.ts';
import { timeLeftNs } from './deadline.ts';
import type { SessionClocks } from './session.ts';

/** As large as the largest last-level cache of a GPU we know of (256 MiB, Infinity Cache of the MI300). */
const FLUSH_BYTES = 256 * 2 ** 20;
/** Of the largest heap. */
const MOST_OF_HEAP = 1 / 8;

/** Writes and waits until it is written; outside of every timed region. */
export type Flush = () => void;

/**
 * Prepares the write.
 *
 * @param deadlineNs On the stamp clock: no wait goes on after it.
 * @throws GuestmarkError where the device has no memory for it.
 */
export function flushOf(
  device: ComputeDevice,
  { stamp }: Pick<SessionClocks, 'stamp'>,
  deadlineNs: number,
  scope: Scope,
): Flush {
  const { memoryHeaps, limits } = device.info;
  const heapBytes = Math.max(...memoryHeaps.map(({ bytes }) => bytes));
  // Every buffer is one that kernels may bind whole.
  const most = Math.min(heapBytes * MOST_OF_HEAP, limits.maxStorageBufferRange);
  const bytes = Math.min(FLUSH_BYTES, Math.floor(most / 4) * 4);
  const buffer = scope.use(device.createBuffer({ name: 'flush', bytes, memory: 'device' }));
  const steps = [{ op: 'fill', buffer, value: 0 }] as const;
  const submission = scope.use(device.record({ steps, iterations: 1, timestamps: false }));
  return () => {
    submission.submit();
    submission.wait('block', timeLeftNs(deadlineNs, stamp.nowNs()));
    submission.reset();
  };
}
