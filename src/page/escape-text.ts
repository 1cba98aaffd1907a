// The one way by which text from outside enters the page. Names of devices, benchmarks and files are anybody's: whatever they
// hold must read as text, in elements and in attributes alike. Knows nothing of what the page shows.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that cannot be seen, change what is beside them, or are half of one. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u200b\u200c\u2060-\u2064\ufeff\ufff9-\ufffb\u2028\u2029\p{Cs}]/gu;

/** Longer texts are cut: a name of 10 kB has said what it has to say. */
const MOST_CHARACTERS = 2000;

/** Text for an element or an attribute in double quotes; unseen characters show their code. */
export function escapeText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (found) => ENTITIES[found] as string);
}

/** The same text where every unseen character is its code: `\u202e`. Line feeds and tabs become spaces. */
function visibleText(text: string): string {
  return text.replace(UNSEEN, (found) =>
    /[\n\t\r]/.test(found) ? ' ' : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The beginning of a text that is too long to be read; no half of a pair at its end. */
export function readableText(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, MOST_CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** JSON as it may stand in a script element: nothing in it can end the element or begin a comment. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[<>&]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
