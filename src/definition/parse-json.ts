// JSON with the line of its mistake, where Node tells enough to find it. Knows nothing of what is in it.
import { describeError } from '../base/errors.ts';
import type { ParsedText } from './parse-yaml.ts';

/** Parses JSON. */
export function parseJson(text: string): ParsedText {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const message = describeError(error).replace(/, (\.{3})?".*" is not valid JSON$/s, '');
    return { problem: `it is not JSON (${message})`, line: lineOf(message, text) };
  }
}

function lineOf(message: string, text: string): number | null {
  const last = text.trimEnd().split('\n').length;
  if (message.includes('Unexpected end')) return last;
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? null : Math.min(last, text.slice(0, Number(position)).split('\n').length);
}
