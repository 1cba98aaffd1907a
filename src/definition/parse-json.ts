// JSON with the line of its mistake, which older versions of Node do not tell. Knows nothing of what is in it.
import { describeError } from '../base/errors.ts';
import type { ParsedText } from './parse-yaml.ts';

/** Parses JSON. */
export function parseJson(text: string): ParsedText {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = describeError(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    const before = position === undefined ? text.trimEnd() : text.slice(0, Number(position));
    return { problem: `it is not JSON (${message.slice(0, 200)})`, line: before.split('\n').length };
  }
}
