// What a user may define for a shader with -D. A definition is one line of the source, and nothing in it may reach
// the lines around it.
import { GuestmarkError } from '../base/errors.ts';

/** Values of preprocessor macros by name; an empty one defines a name without a value. */
export type ShaderMacros = Readonly<Record<string, string>>;

/**
 * Checks names and values.
 *
 * @throws GuestmarkError (usage) for a name that is no identifier and for a value that is not part of one line.
 */
export function checkMacros(macros: ShaderMacros): void {
  for (const [name, value] of Object.entries(macros)) {
    const state = problemOfName(name) ?? problemOfValue(value);
    if (state !== undefined) {
      throw new GuestmarkError('usage', `Cannot define ${JSON.stringify(name)} for a shader: ${state}`);
    }
  }
}

function problemOfName(name: string): string | undefined {
  return /^[A-Za-z_]\w*$/.test(name) ? undefined : 'it is not a plain name';
}

function problemOfValue(value: string): string | undefined {
  if (/[\p{Cc}\u2028\u2029]/u.test(value.replaceAll('\t', ' '))) return 'its value is more than one line';
  if (/\/[/*]/.test(value)) return 'its value holds a comment';
  return value.endsWith('\\') ? 'its value ends in a backslash' : undefined;
}
