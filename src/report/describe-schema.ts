// Puts the comments of the types on the properties of a JSON Schema that mirrors them. Pure; where the comments come from is
// the caller's business.
import type { CommentedField, CommentedType, Fields } from './type-comments.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** A type and the file that it is in, by which the names inside it are understood. */
export interface TypePlace {
  readonly file: string;
  readonly name: string;
}

/** Finds a type by a name in a file, through its imports; undefined for what is no interface of the project. */
export type FindType = (
  place: TypePlace,
) => { readonly file: string; readonly type: CommentedType } | undefined;

/** What a part of a schema is of: fields written out in place, or types by name; either way of one file. */
interface Subject {
  readonly file: string;
  readonly fields: Fields;
  readonly types: readonly string[];
}

/** The schema with a `description` on every property whose field has a comment. */
export function describeSchema(schema: JsonSchema, root: TypePlace, find: FindType): JsonSchema {
  return described(schema, { file: root.file, fields: new Map(), types: [root.name] }, find);
}

function described(schema: JsonSchema, subject: Subject, find: FindType): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'properties') return [keyword, properties(value as JsonSchema, subject, find)];
      return [keyword, SAME_SUBJECT.has(keyword) ? inner(value, subject, find) : value];
    }),
  );
}

/** Keywords whose schemas are of what the schema around them is of. */
const SAME_SUBJECT: ReadonlySet<string> = new Set([
  'anyOf',
  'oneOf',
  'items',
  'prefixItems',
  'additionalProperties',
]);

function inner(value: unknown, subject: Subject, find: FindType): unknown {
  if (Array.isArray(value)) return value.map((one) => inner(one, subject, find));
  return typeof value === 'object' && value !== null ? described(value as JsonSchema, subject, find) : value;
}

function properties(schemas: JsonSchema, subject: Subject, find: FindType): JsonSchema {
  // A value or a reason stands for the value.
  const isEnvelope = Object.hasOwn(schemas, 'available');
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      if (isEnvelope) return [name, inner(schema, name === 'value' ? subject : NOTHING, find)];
      const found = fieldOf(name, subject, find);
      if (found === undefined) return [name, schema];
      const { field, file } = found;
      const below = described(schema as JsonSchema, { file, fields: field.fields, types: field.types }, find);
      return [name, field.comment === null ? below : { description: field.comment, ...below }];
    }),
  );
}

const NOTHING: Subject = { file: '', fields: new Map(), types: [] };

/** The field of that name: of the type in place, else of the first type that has one, itself or by what it extends. */
function fieldOf(
  name: string,
  { file, fields, types }: Subject,
  find: FindType,
): { readonly field: CommentedField; readonly file: string } | undefined {
  const own = fields.get(name);
  if (own !== undefined) return { field: own, file };
  for (const typeName of types) {
    const found = find({ file, name: typeName });
    if (found === undefined) continue;
    const { type, file: place } = found;
    const field = fieldOf(name, { file: place, fields: type.fields, types: type.bases }, find);
    if (field !== undefined) return field;
  }
  return undefined;
}
