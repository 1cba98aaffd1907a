// Ties the life of this process to its parent's. A process that waits inside native code cannot notice
// that its parent is gone; the kernel can.
import { constants } from 'node:os';
import { openLibc, PR_SET_PDEATHSIG } from './libc.ts';

/**
 * Asks the kernel to send SIGKILL to this process when the thread that forked it ends (prctl(2),
 * PR_SET_PDEATHSIG).
 *
 * @returns Whether the kernel will; false where the C library cannot be called.
 */
export function dieWithParent(): boolean {
  const libc = openLibc();
  return libc.available && libc.value.prctl(PR_SET_PDEATHSIG, constants.signals.SIGKILL) === 0;
}
