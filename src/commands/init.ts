// `guestmark init`: writes a kernel to start from, which runs as it is. Overwrites nothing.
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { fileProblem } from '../base/file-problem.ts';
import { startingPoint } from '../definition/starting-point.ts';
import { shellWord } from '../report/saved-line.ts';
import { saveText } from '../report/write-report.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** The options of the command. */
export interface InitOptions {
  /** Path of the kernel, with or without `.comp`. */
  readonly name: string;
  /** Overwrite what is there. */
  readonly force: boolean;
}

/**
 * Runs the command.
 *
 * @throws GuestmarkError (usage) for a file that exists, (output) where it cannot be written.
 */
export function initCommand({ name, force }: InitOptions, terminal: Terminal): number {
  const path = /\.comp$/i.test(name) ? name : `${name}.comp`;
  const stem = basename(path).replace(/\.comp$/i, '');
  if (!/^[\p{L}\p{M}\p{N}_.#%+, -]+$/u.test(stem) || /^\.+$|\.[a-z]+$/i.test(stem)) {
    throw new GuestmarkError('usage', `Cannot write ${path}: "${stem}" is no name for a kernel`, {
      hint: 'give a name such as my-kernel, which becomes my-kernel.comp',
    });
  }
  write(path, startingPoint(stem), force);
  const word = argumentOf(path);
  terminal.print(
    `Wrote ${path}. It runs as it is:\n\n    guestmark run ${word}\n    guestmark check ${word}`,
  );
  return EXIT.ok;
}

/** A path as a shell and the command line take it: quoted where it must be, and no option. */
function argumentOf(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}

function write(path: string, text: string, force: boolean): void {
  try {
    // Whole or not at all: half a kernel would be in the way of the next attempt.
    if (force) saveText(path, text, 'kernel');
    else writeNew(path, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new GuestmarkError('usage', `Cannot write ${path}: there is such a file`, {
        hint: 'choose another name, or give --force',
        cause,
      });
    }
    throw cause instanceof GuestmarkError ? cause : fileProblem('kernel', path, cause);
  }
}

/** A file that is there stays as it is, also where another program has just made it. */
function writeNew(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
