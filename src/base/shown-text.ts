// Text of a stranger as a message may quote it: short, of one line, and without what would steer a terminal. Knows nothing of
// what the text is.

/** Where a message does not say how much of a text it quotes. */
const MOST_CHARACTERS = 80;

/** The beginning of a text: at most `most` characters, with blanks for control characters and ends of lines. */
export function shownText(text: string, most: number = MOST_CHARACTERS): string {
  // Cut before as well: it may have megabytes.
  const plain = text
    .slice(0, 2 * most)
    .trim()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
  return plain.length > most || text.length > 2 * most ? `${plain.slice(0, most - 3)}...` : plain;
}
