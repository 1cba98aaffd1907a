// What every kernel with a one-dimensional workgroup asks of its axes: written once, so that all benchmarks refuse the
// same nonsense in the same words.

/** Workgroups along one axis that every Vulkan device can dispatch (maxComputeWorkGroupCount). */
export const MOST_GROUPS = 65535;

/** The first problem, or null: checks of axes are written one after the other. */
export function firstOf(...problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null;
}

/** Why a value counts nothing whole, or null. */
export function positiveInteger(name: string, value: number): string | null {
  return Number.isInteger(value) && value > 0 ? null : `${name} is not a positive integer`;
}

/** Why a value is no whole multiple of a step, or null. */
export function multipleOf(name: string, value: number, step: number): string | null {
  return value > 0 && value % step === 0 ? null : `${name} is not a positive multiple of ${step}`;
}

/** Why a value is too small, or null. */
export function atLeast(name: string, value: number, least: number): string | null {
  return value >= least ? null : `${name} is less than ${least}`;
}

/**
 * Why a value is too large, or null.
 *
 * @param because What a larger one would do.
 */
export function atMost(name: string, value: number, most: number, because = ''): string | null {
  return value <= most ? null : `${name} is more than ${most}${because === '' ? '' : `: ${because}`}`;
}

/** Why a value is no power of two, or null. */
export function powerOfTwo(name: string, value: number): string | null {
  return value >= 1 && Number.isInteger(Math.log2(value)) ? null : `${name} is not a power of two`;
}

/** Why invocations do not make whole workgroups, or null. */
export function wholeGroups({
  invocations,
  WORKGROUP_SIZE,
}: {
  readonly invocations: number;
  readonly WORKGROUP_SIZE: number;
}): string | null {
  return firstOf(
    positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
    multipleOf('invocations', invocations, WORKGROUP_SIZE),
  );
}

/** Why a value is none of those that there are kernels for, or null. */
export function oneOf(name: string, value: number, known: readonly number[]): string | null {
  return known.includes(value) ? null : `${name} is none of ${known.join(', ')}`;
}

/**
 * Workgroups for so many invocations, as many as every device can dispatch: the kernel strides over the rest.
 *
 * @param most Where fewer workgroups are wanted.
 */
export function stridedGroups(
  invocations: number,
  workgroupSize: number,
  most: number = MOST_GROUPS,
): readonly [number, number, number] {
  return [Math.min(most, Math.max(1, Math.ceil(invocations / workgroupSize))), 1, 1];
}
