// The comments on the fields of interfaces, read from the text of TypeScript files, so that the published schemas say of a field
// what the code says. Knows the layout that the formatter gives every file, and no more of the language.

/** A field of an interface. */
export interface CommentedField {
  /** Without its marks, on one line; null where the field has none. */
  readonly comment: string | null;
  /** Names of types in its type, in order. */
  readonly types: readonly string[];
  /** Of a type that is written out in place. */
  readonly fields: Fields;
}

/** Fields by name. */
export type Fields = ReadonlyMap<string, CommentedField>;

/** An interface of a file. */
export interface CommentedType {
  readonly comment: string | null;
  readonly fields: Fields;
  /** Names of the types that it extends. */
  readonly bases: readonly string[];
}

/** The interfaces of a file by name, and from which file it imports other types (name → specifier). */
export interface CommentedFile {
  readonly types: ReadonlyMap<string, CommentedType>;
  readonly imports: ReadonlyMap<string, string>;
}

/** Reads a file. */
export function readTypeComments(text: string): CommentedFile {
  const types = new Map<string, CommentedType>();
  const interfaces =
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(?:export )?interface (\w+)([^{]*)\{\n([\s\S]*?)\n\}/g;
  for (const [, comment, name = '', heritage = '', body = ''] of text.matchAll(interfaces))
    types.set(name, { comment: plain(comment), bases: namesIn(heritage), fields: fieldsOf(body) });
  return { types, imports: importsOf(text) };
}

function importsOf(text: string): ReadonlyMap<string, string> {
  const imports = [...text.matchAll(/import (?:type )?\{([^}]*)\} from '(\.[^']*)'/g)];
  return new Map(
    imports.flatMap(([, names = '', specifier = '']) => namesIn(names).map((name) => [name, specifier])),
  );
}

/** A field begins at the indentation of the first line; what is deeper belongs to its type. */
function fieldsOf(body: string): Fields {
  const indent = /^ */.exec(body)?.[0] ?? '';
  const fields = new RegExp(
    `^(?:${indent}/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n)?${indent}(?:readonly )?(\\w+)\\??:([^\\n]*(?:\\n(?!${indent}[\\w/]).*)*)`,
    'gm',
  );
  return new Map(
    [...body.matchAll(fields)].map(([, comment, name = '', type = '']) => [
      name,
      { comment: plain(comment), types: namesIn(type), fields: fieldsInside(type) },
    ]),
  );
}

function fieldsInside(type: string): Fields {
  const inside = /\{\n([\s\S]*)\n *\}/.exec(type)?.[1];
  return inside === undefined ? new Map() : fieldsOf(inside);
}

/** Types begin with a capital letter. */
function namesIn(text: string): readonly string[] {
  return text.replaceAll(/'[^'\n]*'/g, '').match(/\b[A-Z]\w*/g) ?? [];
}

function plain(comment: string | undefined): string | null {
  if (comment === undefined) return null;
  const text = comment
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\{@link (\w+)\}/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text === '' ? null : text;
}
