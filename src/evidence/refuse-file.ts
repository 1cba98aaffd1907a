// Why a file is not used, as one sentence of one line: whatever was thrown while it was read. Knows nothing of what files hold.
import { describeError, GuestmarkError } from '../base/errors.ts';
import type { RefusedFile } from './evidence.ts';

/** A message may quote the file, and a file may hold anything. */
const LONGEST = 500;

const STATES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open on this machine',
  EIO: 'the device reports an input/output error',
};

/** The file with the reason; errors of the operating system and of this program alike. */
export function refusalOf(path: string, error: unknown): RefusedFile {
  return { path, message: oneLine(messageOf(path, error)) };
}

function messageOf(path: string, error: unknown): string {
  if (error instanceof GuestmarkError) return describeError(error);
  const { code, message } = error as NodeJS.ErrnoException;
  return `Cannot read "${path}": ${STATES[code ?? ''] ?? message}`;
}

function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
