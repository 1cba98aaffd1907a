// How a specialization constant is called where it is given a value: as an axis, on the command line, by a benchmark in code.

/** Its name, or `constant<id>` for one without. */
export function constantName({ id, name }: { readonly id: number; readonly name: string | null }): string {
  return name ?? `constant${id}`;
}
