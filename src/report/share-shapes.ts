// Makes a JSON Schema shorter that was written out in full: shapes that occur several times move to `$defs`. Pure; the schema
// means the same as before.
import type { JsonSchema } from './describe-schema.ts';

/** Shorter shapes are easier to read where they are. */
const LEAST_LENGTH = 100;

/** What says something about a place and not about a shape. */
const OF_THE_PLACE: ReadonlySet<string> = new Set(['description', 'default']);

/** Moves what occurs more than once. Names follow the first place of a shape, so that the same schema gives the same names. */
export function shareShapes(schema: JsonSchema): JsonSchema {
  const counts = new Map<string, number>();
  count(schema, counts);
  const names = new Map<string, string>();
  const definitions = new Map<string, unknown>();
  const share = (value: unknown, place: string): unknown => {
    if (!isSchema(value)) return mapValues(value, (one, key) => share(one, key ?? place));
    const { own, shape } = split(value);
    const text = JSON.stringify(shape);
    if ((counts.get(text) ?? 0) < 2 || text.length < LEAST_LENGTH)
      return mapValues(value, (one, key) => share(one, placeOf(key, place)));
    let name = names.get(text);
    if (name === undefined) {
      name = freshName(shape, place, definitions);
      names.set(text, name);
      // The name is taken before the shapes inside look for theirs.
      definitions.set(name, null);
      definitions.set(
        name,
        mapValues(shape, (one, key) => share(one, placeOf(key, place))),
      );
    }
    return { ...own, $ref: `#/$defs/${name}` };
  };
  const shared = mapValues(schema, (one, key) => share(one, key ?? '')) as JsonSchema;
  return definitions.size === 0 ? shared : { ...shared, $defs: Object.fromEntries(definitions) };
}

/** Counts the shapes below the root. A shape inside one that is shared is met once for every place of the outer one. */
function count(value: unknown, counts: Map<string, number>, isRoot = true): void {
  if (isSchema(value) && !isRoot) {
    const text = JSON.stringify(split(value).shape);
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    // The inner shapes of a repeated one are written once.
    if (before > 0 && text.length >= LEAST_LENGTH) return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const one of Object.values(value)) count(one, counts, false);
}

function isSchema(value: unknown): value is JsonSchema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { type, oneOf, anyOf } = value as JsonSchema;
  return typeof type === 'string' || Array.isArray(type) || Array.isArray(oneOf) || Array.isArray(anyOf);
}

function split(schema: JsonSchema): { readonly own: JsonSchema; readonly shape: JsonSchema } {
  const entries = Object.entries(schema);
  return {
    own: Object.fromEntries(entries.filter(([key]) => OF_THE_PLACE.has(key))),
    shape: Object.fromEntries(entries.filter(([key]) => !OF_THE_PLACE.has(key))),
  };
}

const KEYWORDS: ReadonlySet<string> = new Set([
  ...['properties', 'items', 'prefixItems', 'oneOf', 'anyOf', 'additionalProperties', 'value'],
]);

/** The name of the property that a schema is of: keywords on the way to it do not count. */
function placeOf(key: string | null, place: string): string {
  return key === null || KEYWORDS.has(key) ? place : key;
}

/** `availableNumber`, `findingText`, or the name of the property where it stands first. */
function freshName(shape: JsonSchema, place: string, taken: ReadonlyMap<string, unknown>): string {
  const base = envelopeName(shape) ?? place;
  let name = base;
  for (let i = 2; taken.has(name); i++) name = `${base}${i}`;
  return name;
}

/** A value or the reason why there is none, of a plain type; or the reason alone. */
function envelopeName({ oneOf, properties }: JsonSchema): string | undefined {
  if ((properties as Partial<Record<string, JsonSchema>> | undefined)?.available?.const === false)
    return 'unavailable';
  const [found] = (oneOf ?? []) as readonly JsonSchema[];
  const { available, value, confidence } = (found?.properties ?? {}) as Partial<Record<string, JsonSchema>>;
  if (available === undefined || typeof value?.type !== 'string') return undefined;
  const type = ['object', 'array'].includes(value.type) || value.enum !== undefined ? undefined : value.type;
  if (type === undefined) return undefined;
  const word = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  return `${confidence === undefined ? 'available' : 'finding'}${word}`;
}

function mapValues(value: unknown, map: (one: unknown, key: string | null) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => map(one, null));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, map(one, key)]));
}
