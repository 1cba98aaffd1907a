// Text from a machine goes to terminals and into reports, and a machine may be recorded by a stranger: nothing that moves a
// cursor, hides or reorders letters may come through. Knows nothing of what a text says.

/** No name that hardware or firmware gives is longer; a longer one is garbage. */
const MOST_CHARACTERS = 200;

/**
 * Control characters (C0, C1, DEL), format characters (bidirectional overrides, zero-width joiners, the byte order mark), the
 * separators of lines and paragraphs, halves of surrogate pairs, and what stands for bytes that are no UTF-8.
 */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]+/gu;

/** The text of one line as it may be shown: trimmed, at most 200 characters, blanks for whatever cannot be seen inside it. */
export function plainText(text: string): string {
  // Cut first: a file may have megabytes. Twice as long, so that what is taken out does not cost what is wanted.
  const visible = text
    .slice(0, 2 * MOST_CHARACTERS)
    .replace(NOT_SHOWN, ' ')
    .trim();
  return [...visible].slice(0, MOST_CHARACTERS).join('').trimEnd();
}
