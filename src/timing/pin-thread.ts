// Binds the calling thread to one CPU. Only the thread that calls: a worker pins itself, and threads that it starts
// afterwards inherit the binding.
import { type Available, available, unavailable } from '../base/availability.ts';
import { openLibc } from './libc.ts';

/** CONFIG_NR_CPUS of the largest kernels. */
const MASK_BYTES = 1024;

/** Binds the calling thread to `cpu`, or says why it stays where the scheduler puts it. */
export function pinThread(cpu: number): Available<number> {
  const libc = openLibc();
  if (!libc.available) return libc;
  const mask = new Uint8Array(new ArrayBuffer(MASK_BYTES));
  if (!Number.isInteger(cpu) || cpu < 0 || cpu >= MASK_BYTES * 8)
    return unavailable(`there is no CPU ${cpu}`);
  mask[cpu >> 3] = 1 << (cpu & 7);
  const status = libc.value.schedSetaffinity(0, MASK_BYTES, libc.value.addressOf(mask.buffer));
  if (status === 0) return available(cpu);
  return unavailable(`sched_setaffinity refuses CPU ${cpu} (errno ${libc.value.errno()})`);
}
