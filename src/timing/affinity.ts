// Confines a thread to some CPUs: sched_setaffinity(2) and its bit mask, and nothing else. Which CPUs, and
// how the thread gets its own back, is the business of who calls.
import type { Libc } from './libc.ts';

/**
 * One bit per CPU, in words of 64. False where the kernel refuses, as it does when none of the CPUs is allowed.
 *
 * @param thread The id of a thread of this process; 0 for the calling one.
 */
export function setAffinity(
  libc: Pick<Libc, 'schedSetaffinity' | 'addressOf'>,
  cpus: readonly number[],
  thread = 0,
): boolean {
  const words = Math.floor(Math.max(0, ...cpus) / 64) + 1;
  const mask = new Uint8Array(new ArrayBuffer(8 * words));
  for (const cpu of cpus) mask[cpu >> 3] = (mask[cpu >> 3] as number) | (1 << (cpu & 7));
  const status = libc.schedSetaffinity(thread, mask.length, libc.addressOf(mask.buffer));
  // The address does not keep the memory from being collected; touching it behind the call does.
  mask.fill(0);
  return status === 0;
}
