// Reads the text of a suite file, which may be a pipe without a writer, a film or a disk image. Knows nothing of what is
// written in it.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import { pathProblem } from './path-problem.ts';

const MOST_BYTES = 2 ** 20;

/** What is wrong with a suite file; `place` is a line, or a path in it. */
export function suiteFileProblem(
  path: string,
  state: string,
  hint?: string,
  cause?: unknown,
): GuestmarkError {
  return new GuestmarkError(
    'usage',
    `Cannot read suite file ${shownText(path, 500)}: ${shownText(state, 500)}`,
    {
      ...(hint === undefined ? {} : { hint }),
      cause,
    },
  );
}

/**
 * The text of a suite file.
 *
 * @throws GuestmarkError (usage) when it is no readable file of at most 1 MiB with text in UTF-8.
 */
export function readSuiteText(path: string): string {
  const bytes = readBytes(path);
  if (bytes.length > MOST_BYTES) throw suiteFileProblem(path, 'it is larger than 1 MiB');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // The same to a reader as a null character.
  }
  throw suiteFileProblem(path, 'it is no text in UTF-8');
}

function readBytes(path: string): Uint8Array {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK a named pipe would keep us waiting for a writer.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(file).isFile()) throw suiteFileProblem(path, 'it is no regular file');
    return atMost(file, MOST_BYTES + 1);
  } catch (error) {
    if (error instanceof GuestmarkError) throw error;
    throw suiteFileProblem(path, pathProblem(error), undefined, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function atMost(file: number, most: number): Uint8Array {
  const bytes = new Uint8Array(most);
  let filled = 0;
  while (filled < most) {
    const count = readSync(file, bytes, filled, most - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
