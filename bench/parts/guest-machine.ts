// What a benchmark of this machine itself stands on: the C library of the process, on a machine whose time is real.
import { GuestmarkError, type HostContext } from 'guestmark';
import type { Available } from 'guestmark/timing';

/**
 * The value, which the benchmark cannot go without.
 *
 * @throws GuestmarkError (unsupported) with the reason where there is none.
 */
export function required<T>(name: string, one: Available<T>): T {
  if (one.available) return one.value;
  throw new GuestmarkError('unsupported', `Cannot run ${name}: ${one.reason}`);
}

/** The C library; with a simulated device it throws, because that tells this machine what time it is. */
export function guestLibc(host: HostContext): ReturnType<HostContext['libc']> {
  host.vulkan();
  return host.libc();
}
