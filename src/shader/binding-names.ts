// Which name a binding goes by. `buffer A { float data[]; } a; buffer B { float data[]; } b;` is usual
// GLSL, so the first choice of a name may be taken.

/** Possible names of one binding, the best first; never empty, the last one always unique. */
export type BindingNames = readonly string[];

/**
 * Chooses one name for each binding: the best of its names, and where several bindings would have the
 * same, the next best for each of them.
 */
export function chooseNames(bindings: readonly BindingNames[]): string[] {
  const choice = bindings.map(() => 0);
  const current = (): string[] => bindings.map((names, index) => names[choice[index] ?? 0] ?? '');
  for (;;) {
    const names = current();
    const taken = countsOf(names);
    const clashing = names.flatMap((name, index) => {
      const hasNext = (choice[index] ?? 0) + 1 < (bindings[index]?.length ?? 0);
      return (taken.get(name) ?? 0) > 1 && hasNext ? [index] : [];
    });
    if (clashing.length === 0) return names;
    for (const index of clashing) choice[index] = (choice[index] ?? 0) + 1;
  }
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
