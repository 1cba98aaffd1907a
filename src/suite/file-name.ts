// From the names of cases and buffers, which may hold anything, to names of files. Pure.
import { createHash } from 'node:crypto';

/** Leaves room for an ending below the 255 bytes that file systems take. */
const MOST_CHARACTERS = 200;

/** Names of devices of Windows, whatever their ending: a file of that name cannot be made there. */
const DEVICE_OF_WINDOWS = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A name that is a plain file name everywhere and still tells what it is of: `copy[n=4Mi]` → `copy_n=4Mi`. Where another
 * name has become the same, or it was cut, a part of the hash of the name tells it apart.
 *
 * @param taken The names given so far, which grows.
 */
export function fileNameOf(name: string, taken: Set<string>): string {
  const plain = name
    .replace(/\]$/, '')
    .replace(/[^A-Za-z0-9=+.-]/g, '_')
    .replace(/^\.+/, '_')
    .replace(DEVICE_OF_WINDOWS, '_$1');
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const isPlain = plain !== '' && plain.length <= MOST_CHARACTERS && !taken.has(plain.toLowerCase());
  const file = isPlain ? plain : `${plain.slice(0, MOST_CHARACTERS)}-${hash}`;
  // Some file systems do not tell capitals apart.
  taken.add(file.toLowerCase());
  return file;
}
