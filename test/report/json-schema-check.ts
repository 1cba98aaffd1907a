// A validator of JSON Schema, draft 2020-12, for tests: only the keywords that the published schemas use, after the
// specification's own words (json-schema.org/draft/2020-12, core and validation). It shares nothing with the code that makes the
// schemas, and refuses a schema with a keyword that it does not know.

type Schema = Readonly<Record<string, unknown>>;

/** What does not matter to a value: `default` is an annotation too. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$defs', 'title', 'description', 'default'],
]);

/** Where and why a value does not fit; nothing where it does. `at` is the path of the value. */
type Check = (argument: never, value: unknown, at: string, context: Context) => readonly string[];

interface Context {
  readonly root: Schema;
  /** The schema in which the keyword stands. */
  readonly schema: Schema;
}

/**
 * Checks a value.
 *
 * @returns The problems, each with the path of the value.
 * @throws Error when the schema has a keyword that this validator does not know.
 */
export function jsonSchemaProblems(root: Schema, value: unknown): readonly string[] {
  return problems(root, value, '', root);
}

function problems(schema: Schema, value: unknown, at: string, root: Schema): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    if (ANNOTATIONS.has(keyword)) return [];
    const check = Object.hasOwn(CHECKS, keyword) ? CHECKS[keyword] : undefined;
    if (check === undefined) throw new Error(`unknown keyword ${keyword} at ${at}`);
    return check(argument as never, value, at, { root, schema });
  });
}

const fits = (schema: Schema, value: unknown, { root }: Context): boolean =>
  problems(schema, value, '', root).length === 0;

const when = (isWrong: boolean, at: string, what: string): readonly string[] =>
  isWrong ? [`${at || '/'}: ${what}`] : [];

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

function isOfType(type: string, value: unknown): boolean {
  const test = TYPES[type];
  if (test === undefined) throw new Error(`unknown type ${type}`);
  return test(value);
}

const number = (isWrong: (argument: number, value: number) => boolean, what: string): Check =>
  ((argument: number, value: unknown, at: string) =>
    when(typeof value === 'number' && isWrong(argument, value), at, `${what} ${argument}`)) as Check;

const CHECKS: Readonly<Record<string, Check>> = {
  $ref: (reference: string, value, at, { root }) => {
    const name = /^#\/\$defs\/(\w+)$/.exec(reference)?.[1] ?? '';
    const target = (root.$defs as Readonly<Record<string, Schema>>)[name];
    if (target === undefined) throw new Error(`nothing at ${reference}`);
    return problems(target, value, at, root);
  },
  type: (types: string | readonly string[], value, at) =>
    when(![types].flat().some((type) => isOfType(type as string, value)), at, `is no ${String(types)}`),
  const: (wanted: unknown, value, at) => when(value !== wanted, at, `is not ${String(wanted)}`),
  enum: (wanted: readonly unknown[], value, at) =>
    when(!wanted.includes(value), at, `is none of ${String(wanted)}`),
  minimum: number((least, value) => value < least, 'is below'),
  maximum: number((most, value) => value > most, 'is above'),
  exclusiveMinimum: number((bound, value) => value <= bound, 'is not above'),
  exclusiveMaximum: number((bound, value) => value >= bound, 'is not below'),
  minLength: (least: number, value, at) =>
    when(typeof value === 'string' && [...value].length < least, at, 'is too short'),
  pattern: (pattern: string, value, at) =>
    when(typeof value === 'string' && !new RegExp(pattern, 'u').test(value), at, `is not like ${pattern}`),
  minItems: (least: number, value, at) =>
    when(Array.isArray(value) && value.length < least, at, 'has too few items'),
  maxItems: (most: number, value, at) =>
    when(Array.isArray(value) && value.length > most, at, 'has too many items'),
  prefixItems: (schemas: readonly Schema[], value, at, { root }) =>
    Array.isArray(value)
      ? schemas.flatMap((one, i) => (i < value.length ? problems(one, value[i], `${at}/${i}`, root) : []))
      : [],
  items: (one: Schema | false, value, at, { root, schema }) => {
    if (!Array.isArray(value)) return [];
    const behind = value.slice((schema.prefixItems as readonly unknown[] | undefined)?.length ?? 0);
    if (one === false) return when(behind.length > 0, at, 'has too many items');
    return behind.flatMap((item, i) => problems(one, item, `${at}/${i}`, root));
  },
  required: (names: readonly string[], value, at) =>
    isObject(value)
      ? names.flatMap((name) => when(!Object.hasOwn(value, name), at, `${name} is missing`))
      : [],
  properties: (schemas: Readonly<Record<string, Schema>>, value, at, { root }) =>
    isObject(value)
      ? Object.entries(schemas).flatMap(([name, one]) =>
          Object.hasOwn(value, name) ? problems(one, value[name], `${at}/${name}`, root) : [],
        )
      : [],
  additionalProperties: (one: Schema | false, value, at, { root, schema }) => {
    if (!isObject(value)) return [];
    const others = Object.keys(value).filter((name) => !Object.hasOwn(schema.properties ?? {}, name));
    return others.flatMap((name) =>
      one === false
        ? when(true, at, `${name} is not known`)
        : problems(one, value[name], `${at}/${name}`, root),
    );
  },
  propertyNames: (one: Schema, value, at, { root }) =>
    isObject(value) ? Object.keys(value).flatMap((name) => problems(one, name, at, root)) : [],
  anyOf: (schemas: readonly Schema[], value, at, context) =>
    when(!schemas.some((one) => fits(one, value, context)), at, 'fits none'),
  oneOf: (schemas: readonly Schema[], value, at, context) =>
    when(schemas.filter((one) => fits(one, value, context)).length !== 1, at, 'does not fit exactly one'),
};
