// Every read of /proc and /sys goes below a root, so that any machine can become a test fixture. A recorded machine comes
// from strangers: nothing that it holds can make a reader throw, wait, or leave the root.
// Only whole-file reads at start-up belong here; the timed sources keep their own open descriptors.
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { type Available, available, unavailable } from './availability.ts';
import { GuestmarkError } from './errors.ts';

/** How bytes become text. */
export type TextEncoding = 'utf8' | 'latin1';

/** Reads the files by which a system describes itself. All paths are absolute, such as `/proc/stat`. */
export interface SystemFiles {
  /**
   * The text of a file, or why it cannot be read.
   *
   * @param encoding `latin1` for tables of firmware: every byte is one character of the same number. Default `utf8`.
   */
  read(path: string, encoding?: TextEncoding): Available<string>;
  /** The names in a folder, sorted, or why it cannot be listed. */
  list(path: string): Available<readonly string[]>;
  /** The target of a symbolic link, or why it cannot be read. */
  link(path: string): Available<string>;
}

/** /proc/cpuinfo and /proc/interrupts of the largest machines have less than 2 MiB. */
const MOST_BYTES = 4 * 2 ** 20;
const CHUNK_BYTES = 64 * 2 ** 10;
/** Folders of /proc and /sys with more names than that are none that this tool asks for. */
const MOST_NAMES = 65_536;

/** The files below `root`: `/` is this machine, a folder of copies is a fixture. */
export function systemFiles(root = '/'): SystemFiles {
  const at = readingBelow(root);
  return {
    read: (path, encoding = 'utf8') => at(path, (file, inside) => readBytes(inside(file)).toString(encoding)),
    list: (path) => at(path, (file, inside) => listNames(inside(file))),
    link: (path) => at(path, (file, inside) => readlinkSync(join(inside(dirname(file)), basename(file)))),
  };
}

/** The bytes of a file that is no text, below `root`, or why it cannot be read. */
export function readSystemBytes(root: string, path: string): Available<Uint8Array<ArrayBuffer>> {
  return readingBelow(root)(path, (file, inside) => readBytes(inside(file)));
}

/** Where a file below the root really is. */
type Inside = (file: string) => string;

function readingBelow(
  root: string,
): <T>(path: string, read: (file: string, inside: Inside) => T) => Available<T> {
  const inside: Inside = root === '/' ? (file) => file : keepInside(root);
  return (path, read) => {
    try {
      // Joined to / first, so that no .. in it leads above the root.
      return available(read(join(root, join('/', path)), inside));
    } catch (error) {
      const reason = error instanceof GuestmarkError ? error.message : undefined;
      return unavailable(`${path}: ${reason ?? (error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
    }
  };
}

/** A fixture may hold links that lead elsewhere: what is read of a machine is of that machine. */
function keepInside(root: string): Inside {
  return (file) => {
    const [real, realRoot] = [realpathSync(file), realpathSync(root)];
    // A root that leads to / contains everything.
    const isInside = real === realRoot || real.startsWith(realRoot.replace(/\/$/, '') + sep);
    if (!isInside) throw refusal('leads out of the recorded machine');
    return real;
  };
}

function refusal(state: string): GuestmarkError {
  return new GuestmarkError('environment', state);
}

/** Files of /proc have no size: read until the end, which a pipe or a device may never have. */
function readBytes(file: string): Buffer<ArrayBuffer> {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    const kind = fstatSync(fd);
    if (!kind.isFile() && !kind.isDirectory()) throw refusal('is no regular file');
    return readAll(fd);
  } finally {
    closeSync(fd);
  }
}

/** Where every file is read to first: a buffer of its own for each is what a description would spend most of its time on. */
const SCRATCH = Buffer.allocUnsafeSlow(CHUNK_BYTES);

function readAll(fd: number): Buffer<ArrayBuffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const read = readSync(fd, SCRATCH, 0, CHUNK_BYTES, null);
    if (read === 0) return Buffer.concat(chunks);
    bytes += read;
    if (bytes > MOST_BYTES) throw refusal(`has more than ${MOST_BYTES / 2 ** 20} MiB`);
    chunks.push(Buffer.from(SCRATCH.subarray(0, read)));
  }
}

function listNames(file: string): readonly string[] {
  const names = readdirSync(file);
  if (names.length > MOST_NAMES) throw refusal(`has more than ${MOST_NAMES} names`);
  return names.sort();
}
