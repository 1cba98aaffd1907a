// Breaks text into lines of a width: between words, else at the joints of a case id, else anywhere.
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

/** A word with the space behind it; a joint ends with a comma or an opening bracket. */
const WORDS = /[^ ]* |[^ ]+$/g;
const JOINTS = /[^,[]*[,[]|[^,[]+$/g;

/** The largest pieces that fit a line each. */
function piecesOf(line: string, width: number): readonly string[] {
  const fits = (piece: string): boolean => displayWidth(piece.trimEnd()) <= width;
  return (line.match(WORDS) ?? [])
    .flatMap((word) => (fits(word) ? [word] : (word.match(JOINTS) ?? [])))
    .flatMap((part) => (fits(part) ? [part] : fill([...part], width)));
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
