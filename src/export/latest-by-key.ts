// One value per name where several reports have it: that of the report that began last. For formats in which a name may
// occur once only.

/** Values in the order in which their keys first appeared. */
export class LatestByKey<T> {
  readonly #entries = new Map<string, { readonly startedAt: string; readonly value: T }>();

  /** Keeps the value unless there is one of a later report; of equally old ones the one that comes last. */
  set(key: string, startedAt: string, value: T): void {
    const known = this.#entries.get(key);
    if (known === undefined || !isLater(known.startedAt, startedAt))
      this.#entries.set(key, { startedAt, value });
  }

  values(): readonly T[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }
}

/** Whether `a` is later than `b`; what is no date is earlier than all dates. */
function isLater(a: string, b: string): boolean {
  const [atMs, otherMs] = [Date.parse(a), Date.parse(b)];
  if (Number.isNaN(atMs)) return false;
  return Number.isNaN(otherMs) || atMs > otherMs;
}
