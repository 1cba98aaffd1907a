// Breaks text into lines of a width: between words, else at the joints of a case id or a path, else anywhere.
// Knows no styles.
import { displayWidth, printable } from './display-width.ts';

/**
 * Lines of at most `width` columns. A line feed always starts a new line; the space at a break disappears.
 *
 * @param width At least 1.
 */
export function wrapText(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => fill(piecesOf(printable(line), width), width));
}

/** A word with the space behind it; a part of one ends with a comma, an opening bracket, or a slash. */
const WORDS = /[^ ]* |[^ ]+$/g;
const JOINTS = /[^,[]*[,[]|[^,[]+$/g;
const FOLDERS = /[^/]*\/|[^/]+$/g;

/** The largest pieces that fit a line each. */
function piecesOf(line: string, width: number): readonly string[] {
  const fits = (piece: string): boolean => displayWidth(piece.trimEnd()) <= width;
  const broken = (pieces: readonly string[], at: RegExp): readonly string[] =>
    pieces.flatMap((piece) => (fits(piece) ? [piece] : (piece.match(at) ?? [])));
  const parts = [WORDS, JOINTS, FOLDERS].reduce(broken, [line]);
  return parts.flatMap((part) => (fits(part) ? [part] : brokenAnywhere(part, width)));
}

/** The space behind a word stays with its last piece. */
function brokenAnywhere(part: string, width: number): readonly string[] {
  const word = part.trimEnd();
  const pieces = fill([...word], width);
  return [...pieces.slice(0, -1), `${pieces.at(-1)}${part.slice(word.length)}`];
}

/** Puts pieces on lines, as many on each as fit. */
function fill(pieces: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces) {
    if (current !== '' && displayWidth((current + piece).trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += piece;
  }
  return [...lines, current.trimEnd()];
}
