// How many consecutive invocations share an address: the contention axis of all atomics.

/** What decides. */
interface Contention {
  readonly invocations: number;
  readonly sharers: number;
  readonly WORKGROUP_SIZE: number;
}

/** Why so many cannot share an address, or null: groups of sharers are equal, and in shared memory of one workgroup. */
export function sharersProblem(
  memory: 'device' | 'shared',
  { invocations, sharers, WORKGROUP_SIZE }: Contention,
): string | null {
  const [what, all] = memory === 'shared' ? ['WORKGROUP_SIZE', WORKGROUP_SIZE] : ['invocations', invocations];
  return Number.isInteger(all / sharers) && sharers >= 1 ? null : `sharers is no divisor of ${what}`;
}
