// A symbolic link that another user has put into a folder that everybody writes to, such as /tmp: whoever follows it writes where
// that user wants. Linux refuses to follow such links (proc_sys_fs(5), protected_symlinks) where they are opened; a file that
// is replaced by renaming is never opened, so that we have to refuse ourselves.
import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

const STICKY_AND_OTHERS_WRITE = 0o1002;

/** The code of the error, which src/base/file-problem.ts puts into words. */
export const FOREIGN_LINK = 'EFOREIGNLINK';

/**
 * Refuses a path that is such a link.
 *
 * @throws An error with the code {@link FOREIGN_LINK}.
 */
export function refuseForeignLink(path: string): void {
  const link = lstatSync(path, { throwIfNoEntry: false });
  if (link?.isSymbolicLink() !== true) return;
  if (isForeign(link, statSync(dirname(path)), process.geteuid?.())) {
    throw Object.assign(new Error('a symbolic link of another user'), { code: FOREIGN_LINK });
  }
}

/** The rule of the kernel: the owners of the folder and of this process may put links there. */
export function isForeign(
  link: Pick<Stats, 'uid'>,
  folder: Pick<Stats, 'uid' | 'mode'>,
  user: number | undefined,
): boolean {
  const isShared = (folder.mode & STICKY_AND_OTHERS_WRITE) === STICKY_AND_OTHERS_WRITE;
  return isShared && link.uid !== user && link.uid !== folder.uid;
}
