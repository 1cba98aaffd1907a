// Where the shared key of a time server and its clients comes from: a file or the environment, never the
// command line, which every user of a machine can read. The key itself appears in no message.
import { readFileSync, statSync } from 'node:fs';
import { GuestmarkError } from '../base/errors.ts';
import type { SharedKey } from './packet.ts';

/** The variable that holds a key where no file is named. */
export const KEY_VARIABLE = 'GUESTMARK_TIME_KEY';

/** A key, and what its owner should know about where it lies. */
export interface FoundKey {
  readonly key: SharedKey;
  readonly caution: string | null;
}

/** Shorter ones can be guessed: 16 bytes are the 128 bits of the MAC. */
const LEAST_KEY_BYTES = 16;
const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};
const HINT = 'make one with: (umask 077; head -c 32 /dev/urandom | base64 > time.key)';

/**
 * The key of `file`, without the end of its line; else that of the environment; null where there is neither.
 *
 * @throws GuestmarkError (usage) when it cannot be read or is too short.
 */
export function findSharedKey(
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): FoundKey | null {
  if (file !== undefined) return readKeyFile(file);
  const value = environment[KEY_VARIABLE];
  return value === undefined ? null : { key: checked(Buffer.from(value), KEY_VARIABLE), caution: null };
}

function readKeyFile(file: string): FoundKey {
  try {
    const key = checked(readFileSync(file), file);
    const isPrivate = (statSync(file).mode & 0o077) === 0;
    const caution = `${file} can be read by other users; chmod 600 keeps them out`;
    return { key, caution: isPrivate ? null : caution };
  } catch (error) {
    if (error instanceof GuestmarkError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const state = PROBLEMS[code ?? ''] ?? code ?? 'unreadable';
    throw new GuestmarkError('usage', `Cannot read the key ${file}: ${state}`, { hint: HINT, cause: error });
  }
}

function checked(bytes: Buffer, source: string): SharedKey {
  // As latin1 every byte is a character: a key need not be text.
  const key = Buffer.from(bytes.toString('latin1').replace(/\r?\n$/, ''), 'latin1');
  if (key.length >= LEAST_KEY_BYTES) return key;
  const state = `${key.length} bytes, and fewer than ${LEAST_KEY_BYTES} can be guessed`;
  throw new GuestmarkError('usage', `Cannot use the key in ${source}: ${state}`, { hint: HINT });
}
