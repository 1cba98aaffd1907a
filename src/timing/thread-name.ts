// Names of threads, as the kernel keeps them: by them a driver's threads are told from ours. Threads that nobody named
// bear the name of the process.

import type { SystemFiles } from '../base/system-files.ts';
import { openLibc, PR_SET_NAME } from './libc.ts';

/** What the names of this tool's own threads begin with. */
const OWN = 'guestmark-';

/** Names the calling thread `guestmark-<what>`; does nothing where the C library cannot be called. */
export function nameOwnThread(what: 'watch' | 'futex'): void {
  const libc = openLibc();
  if (!libc.available) return;
  const name = new Uint8Array(new ArrayBuffer(16));
  new TextEncoder().encodeInto(OWN + what, name.subarray(0, name.length - 1));
  libc.value.prctl(PR_SET_NAME, libc.value.addressOf(name.buffer));
  // The address does not keep the memory from being collected; touching it behind the call does.
  name.fill(0);
}

/** Whether a thread of this process is one that {@link nameOwnThread} named; one that is gone is none. */
export function isOwnThread(files: SystemFiles, thread: number): boolean {
  const name = files.read(`/proc/self/task/${thread}/comm`);
  return name.available && name.value.startsWith(OWN);
}
