// Opens what all runs of a program share: the C library, what this machine can tell about steal, the rings for context
// switches, and the CPUs. Must be called on the thread that starts the programs: the rings follow what that thread forks.
import { mapAvailable, valueOrUndefined } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { type Libc, openLibc } from '../timing/libc.ts';
import { type PinChoice, pinThread } from '../timing/pinning.ts';
import { probeTiming } from '../timing/probe.ts';
import { openTreeSwitchRings } from '../timing/switch-ring.ts';
import { allowedCpus } from '../timing/thread-cpus.ts';
import { openThrottling } from '../timing/throttling.ts';
import { type FollowClocks, followProgram } from './follow-program.ts';
import { openOwnLedger } from './own-ledger.ts';
import { followClocks, type ProgramBench } from './run-program.ts';
import { watchExit } from './wait-program.ts';

/**
 * Opens the bench.
 *
 * @throws GuestmarkError (environment) where the C library cannot be called; (usage) where the CPU to pin to is not
 *   one of those on which this process may run.
 */
export function openBench(pinChoice: PinChoice): ProgramBench & Disposable {
  const libc = openLibc();
  if (!libc.available) {
    throw new GuestmarkError('environment', `Cannot time a program: ${libc.reason}`, {
      hint: 'it needs koffi and 64-bit Linux',
    });
  }
  const files = systemFiles();
  const home = valueOrUndefined(allowedCpus(files)) ?? [];
  const pin = choosePin(pinChoice, files);
  return Scope.open((scope) => {
    const rings = openTreeSwitchRings({ following: 'from-fork' });
    if (rings.available) scope.use(rings.value);
    const throttling = openThrottling();
    if (throttling.available) scope.use(throttling.value);
    const clocks = followClocks(libc.value);
    const own = openOwnLedger(libc.value, clocks);
    if (own.available) scope.use(own.value);
    warmUp(libc.value, files, clocks);
    return {
      libc: libc.value,
      verdict: probeTiming().verdict,
      rings,
      throttling,
      home,
      cpus: pin.available ? [pin.value.cpu] : home,
      pin,
      clocks,
      own,
      files,
      [Symbol.dispose]: () => scope[Symbol.dispose](),
    };
  });
}

/** Only the program will be bound: this thread would be in its way. */
function choosePin(choice: PinChoice, files: SystemFiles): ProgramBench['pin'] {
  return mapAvailable(pinThread(choice, files), (pin) => {
    pin.restore();
    return { cpu: pin.cpu, rule: pin.rule };
  });
}

const WARM_UP_LOOKS = 3;

/**
 * Follows this process for some looks, in both ways: code that runs for the first time takes a hundred times as long,
 * which would be CPU time that the program competes for.
 */
function warmUp(libc: Libc, files: SystemFiles, clocks: FollowClocks): void {
  using watch = watchExit(libc, process.pid);
  for (const rings of [null, { rings: [], drain: () => 0, [Symbol.dispose]: () => {} }]) {
    const start = { monotonicNs: clocks.monotonicNs(), rawNs: clocks.rawNs() };
    using follower = followProgram(process.pid, start, { rings, files, clocks, sharesCpu: false });
    for (let i = 0; i < WARM_UP_LOOKS; i++) follower.look();
    watch.wait(0);
    follower.finish(start, 0);
  }
}
