// Opens what all runs of a program share: the C library, what this machine can tell about steal, the rings for context
// switches, and the CPUs. Must be called on the thread that starts the programs: the rings follow what that thread forks.
import { valueOrUndefined } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { systemFiles } from '../base/system-files.ts';
import { openLibc } from '../timing/libc.ts';
import { probeTiming } from '../timing/probe.ts';
import { openTreeSwitchRings } from '../timing/switch-ring.ts';
import { allowedCpus } from '../timing/thread-cpus.ts';
import { followClocks, type ProgramBench } from './run-program.ts';

/** Where the program may run. */
export type PinChoice = 'none' | number;

/**
 * Opens the bench.
 *
 * @throws GuestmarkError (environment) where the C library cannot be called; (usage) where the CPU to pin to is not
 *   one of those on which this process may run.
 */
export function openBench(pin: PinChoice): ProgramBench & Disposable {
  const libc = openLibc();
  if (!libc.available) {
    throw new GuestmarkError('environment', `Cannot time a program: ${libc.reason}`, {
      hint: 'it needs koffi and 64-bit Linux',
    });
  }
  const files = systemFiles();
  const home = valueOrUndefined(allowedCpus(files)) ?? [];
  if (pin !== 'none' && !home.includes(pin)) {
    throw new GuestmarkError('usage', `Cannot pin to CPU ${pin}: this process may not run there`, {
      hint: `choose one of ${home.join(', ')}`,
    });
  }
  return Scope.open((scope) => {
    const rings = openTreeSwitchRings({ following: 'from-fork' });
    if (rings.available) scope.use(rings.value);
    return {
      libc: libc.value,
      verdict: probeTiming().verdict,
      rings,
      home,
      cpus: pin === 'none' ? home : [pin],
      clocks: followClocks(libc.value),
      files,
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
}
