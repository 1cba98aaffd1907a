// Looks at values of which nothing is known: users' modules may be plain JavaScript. Pure, and knows no benchmark.

/** An object's parts, whatever they are. */
export type Parts = Readonly<Record<string, unknown>>;

/** Whether a value is an object and no list. */
export function isRecord(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is one of those allowed. */
export function isOneOf(allowed: readonly unknown[], value: unknown): boolean {
  return allowed.includes(value);
}

/** What `problem` says of the first part that it finds fault with. */
export function firstProblem(
  parts: Parts,
  problem: (name: string, value: unknown) => string | null,
): string | null {
  for (const [name, value] of Object.entries(parts)) {
    const found = problem(name, value);
    if (found !== null) return found;
  }
  return null;
}
