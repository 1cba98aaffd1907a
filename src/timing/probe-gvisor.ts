// Whether this kernel is gVisor's, which is a process on another kernel and keeps none of the scheduler's statistics. A module
// of its own because whoever asks only this must not load the clocks that the rest of the probe knows.
import { unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { type Fact, fact } from './fact.ts';

/** gVisor's kernel is not Linux: its task folders lack the scheduler's files. */
export function gvisor(files: SystemFiles): Fact<boolean> {
  const names = files.list('/proc/thread-self');
  if (!names.available) return names;
  const has = (name: string): boolean => names.value.includes(name);
  if (has('schedstat')) return fact(false, '/proc/thread-self has schedstat');
  const version = files.read('/proc/version');
  const named = version.available && GVISOR_VERSION.test(version.value);
  if (named && !has('sched'))
    return fact(true, '/proc/version, and /proc/thread-self has no schedstat and no sched');
  return unavailable('/proc/thread-self has no schedstat, but /proc/version does not name gVisor');
}

/** The build date is the constant that gVisor reports as its kernel version. */
const GVISOR_VERSION = /gvisor|Sun Jan 10 15:06:54 PST 2016/i;
