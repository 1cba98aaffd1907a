// What an operating system error of a file means, in words that a user can act on. Knows nothing of what
// is written.
import { GuestmarkError } from './errors.ts';
import { FOREIGN_LINK } from './foreign-link.ts';

const PROBLEMS: Readonly<Record<string, readonly [state: string, hint: string]>> = {
  ENOSPC: ['no space left on the device', 'free some space or choose another folder'],
  EDQUOT: ['the disk quota is used up', 'free some space or choose another folder'],
  EFBIG: [
    'the file would be larger than the limit for files',
    'raise the limit (ulimit -f) or choose another folder',
  ],
  EACCES: ['permission denied', 'choose a folder that you may write to'],
  EPERM: ['the operation is not permitted', 'choose a folder that you may write to'],
  EROFS: ['the file system is read-only', 'choose a folder that you may write to'],
  ENOENT: ['the folder does not exist', 'create the folder first'],
  EEXIST: ['there is something else of that name', 'name a folder, or what is not there yet'],
  ENOTDIR: ['a part of the path is not a folder', 'check the path'],
  EISDIR: ['it is a folder', 'name a file in it'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter one'],
  ELOOP: ['its symbolic links lead in a circle', 'check the path'],
  [FOREIGN_LINK]: [
    "it is another user's symbolic link in a folder that everybody writes to",
    'choose another name or folder',
  ],
  EMFILE: ['too many files are open', 'raise the limit (ulimit -n)'],
  ENFILE: ['too many files are open on this machine', 'close some programs'],
  EIO: ['the device reports an input/output error', 'choose a folder on another device'],
};

/**
 * The error a user reads when a file cannot be written: "Cannot write report "x": no space left on the device".
 *
 * @param what What was to be written, as it stands before the path: `report`, `outputs to`.
 */
export function fileProblem(what: string, path: string, error: unknown): GuestmarkError {
  const { code, message } = error as NodeJS.ErrnoException;
  const [state, hint] = PROBLEMS[code ?? ''] ?? [code ?? message, 'choose another file'];
  return new GuestmarkError('output', `Cannot write ${what} "${path}": ${state}`, { hint, cause: error });
}
