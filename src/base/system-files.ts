// Every read of /proc and /sys goes below a root, so that any machine can become a test fixture.
// Only whole-file reads at start-up belong here; the timed sources keep their own open descriptors.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Available, available, unavailable } from './availability.ts';

/** Reads the files by which a system describes itself. All paths are absolute, such as `/proc/stat`. */
export interface SystemFiles {
  /** The text of a file, or why it cannot be read. */
  read(path: string): Available<string>;
  /** The names in a folder, sorted, or why it cannot be listed. */
  list(path: string): Available<readonly string[]>;
  /** The target of a symbolic link, or why it cannot be read. */
  link(path: string): Available<string>;
}

/** The files below `root`: `/` is this machine, a folder of copies is a fixture. */
export function systemFiles(root = '/'): SystemFiles {
  const at = <T>(path: string, read: (file: string) => T): Available<T> => {
    try {
      return available(read(join(root, path)));
    } catch (error) {
      return unavailable(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
    }
  };
  return {
    read: (path) => at(path, (file) => readFileSync(file, 'utf8')),
    list: (path) => at(path, (file) => readdirSync(file).sort()),
    link: (path) => at(path, (file) => readlinkSync(file)),
  };
}
