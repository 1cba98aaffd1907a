// Which invocations of a workgroup form a subgroup, as the device said it: what the reference of an operation of
// subgroups has to follow, because Vulkan leaves it to the device.

/** The invocations of a subgroup by their order in it. */
export type Subgroup = readonly number[];

/** The largest that Vulkan allows. */
const LARGEST = 128;

/**
 * The subgroups of a workgroup.
 *
 * @param places Of every invocation: size of its subgroup, its number, and the number in it, in the bits from 16, 8 and
 *   0 on.
 * @returns Null where the places make no sense: sizes that differ or are no power of two, or a place that is taken twice
 *   or is left out.
 */
export function subgroupsOf(places: Uint32Array): readonly Subgroup[] | null {
  const size = (places[0] as number) >>> 16;
  if (size < 1 || size > LARGEST || !Number.isInteger(Math.log2(size))) return null;
  const subgroups: number[][] = [];
  for (const [invocation, place] of places.entries()) {
    const [subgroup, member] = [(place >>> 8) & 255, place & 255];
    if (place >>> 16 !== size || member >= size) return null;
    subgroups[subgroup] ??= [];
    const members = subgroups[subgroup] as number[];
    if (members[member] !== undefined) return null;
    members[member] = invocation;
  }
  // Object.keys() leaves out what was never set: each must be full, but for the last of a workgroup that is not.
  const isDense = (list: readonly unknown[]): boolean => Object.keys(list).length === list.length;
  return isDense(subgroups) && subgroups.every(isDense) ? subgroups : null;
}
