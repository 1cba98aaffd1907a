// Where the watching thread may run: its loop takes a whole CPU, so on the CPU of the measured thread it would itself
// be the disturbance. Pure.
import { type Available, available, unavailable } from '../base/availability.ts';

/**
 * The CPU to watch on. `auto` takes the last one that is allowed and not to be avoided, because the first CPUs of a
 * machine have most of its interrupts.
 *
 * @param allowed CPUs on which the process may run.
 * @param avoid The CPU of the measured thread; null where no thread is measured.
 */
export function chooseWatchCpu(
  wanted: 'auto' | number,
  allowed: readonly number[],
  avoid: number | null,
): Available<number> {
  if (wanted !== 'auto') return checkedCpu(wanted, allowed, avoid);
  const cpu = allowed.filter((one) => one !== avoid).at(-1);
  if (cpu !== undefined) return available(cpu);
  const only = allowed.length === 0 ? 'no CPU is allowed' : `only CPU ${allowed[0]} is allowed`;
  return unavailable(`${only}: the watching thread would take it from the measured one`);
}

function checkedCpu(wanted: number, allowed: readonly number[], avoid: number | null): Available<number> {
  if (!allowed.includes(wanted)) {
    return unavailable(`CPU ${wanted} is not among the allowed ones (${allowed.join(', ')})`);
  }
  if (wanted !== avoid) return available(wanted);
  return unavailable(`CPU ${wanted} is the measured thread's: the watching thread would take it from it`);
}
