// A value of a record by a name that somebody else chose: a shader may call something `constructor` or `toString`, which
// every object inherits.

/** The record's own value of that name; undefined where it has none, or there is no record. */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
