// Checks an object against Kubernetes' own schema, compiled by kubernetes-models. That schema lets fields through that it does not know,
// as servers of Kubernetes warn of them; so what its validator never looked at counts as a problem too.

/** A class of kubernetes-models. */
interface Model {
  readonly prototype: { validate(): void };
}

/** What is wrong: the first error of the schema, and fields that it does not know. */
export function schemaProblems({ prototype }: Model, object: object): readonly string[] {
  const seen = new Set<string>();
  try {
    // Called on the object itself: a model would copy it, and so read all of it.
    prototype.validate.call(watched(object, '', seen) as never);
  } catch (error) {
    return [String(error)];
  }
  return fieldsOf(object)
    .filter((path) => !seen.has(path))
    .map((path) => `${path} is no field`);
}

/** The same value, which notes the fields that are read of it. */
function watched(value: unknown, path: string, seen: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get: (target, key) => {
      const at = `${path}/${String(key)}`;
      seen.add(at);
      return watched(Reflect.get(target, key), at, seen);
    },
  });
}

function fieldsOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = `${path}/${key}`;
    return [at, ...fieldsOf(inner, at)];
  });
}
