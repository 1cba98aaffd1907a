// What an operation is made from, out of the session of its process.
import type { Available } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import { derivedSeed, seededRandom } from '../base/random.ts';
import type { Scope } from '../base/scope.ts';
import { loadShippedKernel } from '../shader/shipped.ts';
import { openLibc } from '../timing/libc.ts';
import type { Case } from './case-id.ts';
import type { HostContext } from './operation.ts';
import type { Session } from './session.ts';

/** What is needed of a session. */
export interface HostSession extends Pick<Session, 'device' | 'opening' | 'guest'> {
  readonly clocks: Pick<Session['clocks'], 'stamp' | 'driverThreads' | 'watchInterrupts'>;
  readonly options: Pick<Session['options'], 'seed' | 'run'>;
}

/** The context of a case; `scope` ends with it. */
export function hostContext(
  { device, clocks, opening, guest, options }: HostSession,
  { id }: Case,
  scope: Scope,
  deadlineNs: number,
): HostContext {
  return {
    scope,
    device,
    vulkan: () => required(device.vulkan, id),
    libc: () => required(openLibc(), id),
    kernel: loadShippedKernel,
    stamp: clocks.stamp,
    guest,
    watchInterrupts: clocks.watchInterrupts,
    driverThreads: clocks.driverThreads,
    opening,
    random: seededRandom(derivedSeed(options.seed, id)),
    run: options.run,
    deadlineNs,
  };
}

function required<T>(one: Available<T>, id: string): T {
  if (one.available) return one.value;
  throw new GuestmarkError('unsupported', `Cannot run ${id}: ${one.reason}`);
}
