// What a user types to choose cases: `copy`, `copy[n=16Mi]`, `hist*`, `*[n=1Mi]`. Pure.
import { GuestmarkError } from '../base/errors.ts';
import { shownText } from '../base/shown-text.ts';
import { parseQuantity } from '../base/units.ts';
import { matchesGlob } from './glob.ts';

/** A parsed selector. */
export interface Selector {
  readonly text: string;
  /** Whether a benchmark name matches. */
  readonly matchesName: (name: string) => boolean;
  /** Axis → value; `*` keeps all planned values. */
  readonly axes: Readonly<Record<string, number | '*'>>;
}

/**
 * Parses a selector: a name in which `*` stands for any characters and `?` for one, optionally
 * followed by axis values in brackets.
 *
 * @throws GuestmarkError (usage) when it has another form.
 */
export function parseSelector(text: string): Selector {
  const match = /^([\w*?.-]+)(?:\[([^[\]]*)\])?$/.exec(text.trim());
  if (match === null) {
    throw new GuestmarkError(
      'usage',
      `Cannot read selector "${shownText(text)}": not of the form copy, copy[n=16Mi] or hist*`,
    );
  }
  const pattern = match[1] as string;
  return { text, matchesName: (name) => matchesGlob(pattern, name), axes: parseAxes(text, match[2] ?? '') };
}

function parseAxes(text: string, list: string): Record<string, number | '*'> {
  const parts = list.split(',').filter((item) => item.trim() !== '');
  const axes = parts.map((part) => {
    const [, name, value] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      throw new GuestmarkError(
        'usage',
        `Cannot read selector "${shownText(text)}": "${shownText(part)}" is not of the form axis=value`,
      );
    }
    return [name, value === '*' ? ('*' as const) : parseValue(text, value)] as const;
  });
  // Not by assignment, which takes __proto__ for something else.
  return Object.fromEntries(axes);
}

function parseValue(text: string, value: string): number {
  try {
    return parseQuantity(value);
  } catch (cause) {
    throw new GuestmarkError(
      'usage',
      `Cannot read selector "${shownText(text)}": "${shownText(value)}" is no number`,
      {
        hint: 'values are of the form 4096, 16Mi, 0.5 or *; several are given with --axis',
        cause,
      },
    );
  }
}
