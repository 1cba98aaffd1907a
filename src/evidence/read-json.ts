// A file as a JSON value, or one sentence why it is none: too large, cut off, not text. Knows nothing of what it should hold.
import { constants } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { GuestmarkError } from '../base/errors.ts';
import { formatBytes } from '../base/units.ts';
import { isDeeperThan } from './json-depth.ts';

/** Bytes of memory for a byte of JSON, at worst: of empty objects. To run out of memory ends the process, which no one can catch. */
const GROWTH = 16;

/** A report has some ten levels. */
const MOST_DEPTH = 200;

/** No string of JavaScript is longer. */
const LONGEST_TEXT = constants.MAX_STRING_LENGTH;

/**
 * Reads and parses a file.
 *
 * @throws GuestmarkError (usage) saying what is wrong with it; errors of the operating system as they come.
 */
export function readJson(path: string): unknown {
  const stats = statSync(path);
  if (!stats.isFile()) throw problem(path, 'it is no regular file', 'give the file of a report');
  if (stats.size === 0) throw problem(path, 'it is empty', 'was the run interrupted, or the disk full?');
  const mostBytes = Math.min(LONGEST_TEXT, getHeapStatistics().heap_size_limit / GROWTH);
  if (stats.size > mostBytes) {
    const state = `it has ${formatBytes(stats.size)}, and no more than ${formatBytes(mostBytes)} can be read with this much memory`;
    throw problem(path, state, 'NODE_OPTIONS=--max-old-space-size=8192 gives more, in MiB');
  }
  const bytes = readFileSync(path);
  if (isDeeperThan(MOST_DEPTH, bytes))
    throw problem(path, `it is nested more than ${MOST_DEPTH} levels deep`, 'no report is: what wrote it?');
  return parse(path, bytes.toString('utf8'));
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
