// What the guest is like around a wait, as axes: on which vCPU waits who is waited for, and what else the vCPUs do. The
// settings are those in which a wait differs in a virtual machine.
import { GuestmarkError, type HostContext } from 'guestmark';
import { type Available, currentCpu } from 'guestmark/timing';
import { oneOf } from './workgroup.ts';

/** Values of the axis `pin`. */
export const PIN = {
  /** The scheduler places the waiting thread. */
  free: 0,
  /** It waits on the vCPU of who wakes it. */
  same: 1,
  /** It waits on another one. */
  other: 2,
} as const;

/** Values of the axis `load`. */
export const LOAD = {
  /** Nothing beside the measurement: vCPUs idle whenever they can. */
  idle: 0,
  /** A thread under SCHED_IDLE on every vCPU keeps it from idling, and gives way at once. */
  awake: 1,
  /** A process of normal priority computes on the waiter's vCPU. */
  contended: 2,
} as const;

/** Why there is no such setting, or null: a mistyped value must not be measured as the nearest one. */
export function settingProblem(pin: number, load: number): string | null {
  return oneOf('pin', pin, Object.values(PIN)) ?? oneOf('load', load, Object.values(LOAD));
}

/** Where who waits and who wakes it are to run. */
interface Places {
  readonly waiter: readonly number[];
  readonly waker: readonly number[];
}

/**
 * The places by the axis `pin`.
 *
 * @param waker The vCPU that wakes, where it cannot be chosen; else the waiter stays where it is.
 * @throws GuestmarkError (unsupported) with the reason where there are none.
 */
export function placesFor({ guest }: HostContext, pin: number, waker: Available<number> | null): Places {
  const all = must(guest.cpus);
  if (pin === PIN.free) return { waiter: all, waker: all };
  const here = must(waker ?? currentCpu());
  if (pin === PIN.same) return { waiter: [here], waker: [here] };
  const other = all.find((cpu) => cpu !== here);
  if (other === undefined) throw cannotSet('the process may use one vCPU only');
  return waker === null ? { waiter: [here], waker: [other] } : { waiter: [other], waker: [here] };
}

/** Places threads and adds the load until the case ends. The waiter is the calling thread. */
export async function setGuest(
  { guest, scope }: HostContext,
  load: number,
  { waiter, waker }: Places,
  wakers: readonly number[],
): Promise<void> {
  if (wakers.length > 0) scope.use(must(guest.place(wakers, waker)));
  scope.use(must(guest.place('own', waiter)));
  if (load === LOAD.awake) scope.use(must(await guest.keepAwake()));
  if (load !== LOAD.contended) return;
  const [only, ...others] = waiter;
  const cpu = others.length === 0 && only !== undefined ? only : must(currentCpu());
  scope.use(must(await guest.hog(cpu)));
}

/** The reason in the words of a skip. */
export function must<T>(one: Available<T>): T {
  if (one.available) return one.value;
  throw cannotSet(one.reason);
}

function cannotSet(reason: string): GuestmarkError {
  return new GuestmarkError('unsupported', `Cannot set the guest as the case wants it: ${reason}`);
}
