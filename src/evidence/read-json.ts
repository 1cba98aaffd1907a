// A file as a JSON value, or one sentence why it is none: too large, cut off, not text. Knows nothing of what it should hold.
import { constants } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { GuestmarkError } from '../base/errors.ts';
import { formatBytes } from '../base/units.ts';

/** No string of JavaScript is longer, and a report of this size has thousands of runs. */
const LARGEST_BYTES = constants.MAX_STRING_LENGTH;

/**
 * Reads and parses a file.
 *
 * @throws GuestmarkError (usage) saying what is wrong with it; errors of the operating system as they come.
 */
export function readJson(path: string): unknown {
  const stats = statSync(path);
  if (!stats.isFile()) throw problem(path, 'it is no regular file', 'give the file of a report');
  if (stats.size === 0) throw problem(path, 'it is empty', 'was the run interrupted, or the disk full?');
  if (stats.size > LARGEST_BYTES) {
    const sizes = `it has ${formatBytes(stats.size)}, and no more than ${formatBytes(LARGEST_BYTES)} can be read`;
    throw problem(path, sizes, 'is it a report?');
  }
  return parse(path, readFileSync(path, 'utf8'));
}

function parse(path: string, text: string): unknown {
  try {
    // Some programs of Windows begin a text with a byte order mark.
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    throw isCutOff(text)
      ? problem(path, 'it is cut off: its JSON does not end', 'was it copied whole?', cause)
      : problem(path, 'it is not JSON', 'give a report that guestmark run has written', cause);
  }
}

/** Whether it begins like an object and does not end like one. */
function isCutOff(text: string): boolean {
  return /^\s*[{[]/.test(text.slice(0, 1000)) && !/[}\]]\s*$/.test(text.slice(-1000));
}

function problem(path: string, state: string, hint: string, cause?: unknown): GuestmarkError {
  return new GuestmarkError('usage', `Cannot read "${path}": ${state}`, { hint, cause });
}
