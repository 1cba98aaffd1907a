// How many columns of a terminal a text takes, and text that cannot harm one. Knows no styles: escape
// codes are added after everything was measured.

/** Full-width characters of the East Asian scripts and emoji: two columns each. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO_WIDTH = /\p{Mark}|[\u200b-\u200f\u2060]/u;

/** Columns that `text` takes; `µ`, `±` and `…` are one each. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** Fills up with spaces on the right (or left) to `width` columns. */
export function padToWidth(text: string, width: number, side: 'right' | 'left' = 'right'): string {
  const padding = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return side === 'right' ? text + padding : padding + text;
}

/**
 * Text as it may be written to a terminal: control characters other than line feeds and tabs, and those that change the
 * direction of text, become escapes. JSON stays the same document.
 *
 * @param keepsStyles Leave escape codes of colours and weights as they are.
 */
export function escapeControls(text: string, keepsStyles: boolean): string {
  return text.replace(CONTROL, (found, style?: string) => {
    if (keepsStyles && style !== undefined && found.startsWith('\u001b')) return found;
    return escapeOf(found) + found.slice(1);
  });
}

/** A control character, with what makes it one of a style. */
const CONTROL = /(?![\n\t])\p{Cc}(\[[\d;]*m)?|\p{Bidi_Control}/gu;

function escapeOf(text: string): string {
  return `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Names and messages come from drivers, shaders and other programs' reports: control characters become `?`. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => (/\s/.test(character) ? ' ' : '?'));
}
