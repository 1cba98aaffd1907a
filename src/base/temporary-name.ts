// The names of temporary files that are written beside what they will become: by them those of a writer that was killed are known
// again. In one place, because who makes them and who removes them must mean the same.
import { randomBytes } from 'node:crypto';

/** Such a name; its first group is the process that made it. */
export const TEMPORARY_NAME: RegExp = /^\.guestmark-([1-9]\d{0,9})-[0-9a-f]{8}\.tmp$/;

/** A name that nobody can guess, of this process. */
export function temporaryName(): string {
  return `.guestmark-${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
}
