// Which names of a module are used. They are a stranger's text that reaches terminals, file names and the
// keys of tables, so what is not an identifier counts as no name.

const MAX_NAME_CHARACTERS = 255;

/** The name where it is a GLSL identifier of ordinary length, else `null`. */
export function plainName(text: string | undefined): string | null {
  if (text === undefined || text.length > MAX_NAME_CHARACTERS) return null;
  // Not __proto__, which is no ordinary key of a JavaScript object.
  return /^[A-Za-z_]\w*$/.test(text) && text !== '__proto__' ? text : null;
}

/** Whether the name of an entry point, which must be passed on as it is, can be shown. */
export function isPrintable(text: string): boolean {
  return text.length <= MAX_NAME_CHARACTERS && /^[\x21-\x7e]+$/.test(text);
}
