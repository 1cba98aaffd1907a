// The benchmarks that stream through arrays run kernels that lay out their invocations alike
// (shaders/include/stream.glsl): what those ask of the axes, and how a kernel is dispatched for them.
import type { BufferPlan, WorkStep } from 'guestmark';
import { firstOf, MOST_GROUPS, multipleOf, oneOf, stridedGroups } from './workgroup.ts';

/** Neighbouring invocations whose pieces are neighbours: ROW of the kernels. */
export const ROW = 8;

/** Elements that one load or store moves; 8 are two 16-byte halves of 64-bit words. */
const WIDTHS = [1, 2, 4, 8];
const UNROLLS = [1, 2, 4, 8];
/** Workgroups where each walks a region of its own: enough to fill the largest devices of today several times. */
const REGIONS = 2048;

/** Axes of a kernel that streams. */
export interface StreamAxes {
  /** Elements of each array. */
  readonly n: number;
  readonly width: number;
  readonly WORKGROUP_SIZE: number;
  readonly UNROLL?: number;
  readonly contiguous?: number;
}

/** An array of such a benchmark. */
export type StreamBuffer = BufferPlan<'n' | 'width' | 'WORKGROUP_SIZE'>;

/** Pieces that an invocation loads before it stores any, where that is no axis: 64 bytes in flight with vec4. */
const UNROLL_DEFAULT = 4;

/** Why a kernel cannot stream so, or null. */
export function streamProblem(axes: StreamAxes, widths: readonly number[] = WIDTHS): string | null {
  const { n, width, WORKGROUP_SIZE, UNROLL = UNROLL_DEFAULT, contiguous = 0 } = axes;
  return firstOf(
    oneOf('width', width, widths),
    oneOf('UNROLL', UNROLL, UNROLLS),
    oneOf('contiguous', contiguous, [0, 1]),
    multipleOf('WORKGROUP_SIZE', WORKGROUP_SIZE, ROW),
    multipleOf('n', n, ROW * UNROLL * width),
  );
}

/** Workgroups that take every chunk once, as far as a device dispatches so many. */
export function streamGroups(axes: StreamAxes): number {
  const { n, width, WORKGROUP_SIZE, UNROLL = UNROLL_DEFAULT, contiguous = 0 } = axes;
  return stridedGroups(n / width / UNROLL, WORKGROUP_SIZE, contiguous === 1 ? REGIONS : MOST_GROUPS)[0];
}

/**
 * The constants of such a kernel.
 *
 * @param groups Workgroups that it is dispatched with.
 */
export function streamConstants(axes: StreamAxes, groups: number): Readonly<Record<string, number>> {
  const { n, width, WORKGROUP_SIZE, UNROLL = UNROLL_DEFAULT, contiguous = 0 } = axes;
  const places = groups * WORKGROUP_SIZE * UNROLL * width;
  return { WORKGROUP_SIZE, UNROLL, CONTIGUOUS: contiguous, ONCE: contiguous === 0 && places === n ? 1 : 0 };
}

/**
 * One pass over the arrays.
 *
 * @param stem The kernel without its width: `copy`.
 * @param push Push constants beside n.
 */
export function stream(
  stem: string,
  axes: StreamAxes,
  push: Readonly<Record<string, number>> = {},
): WorkStep & { readonly op: 'dispatch' } {
  return {
    op: 'dispatch',
    shader: `${stem}-w${axes.width}`,
    constants: streamConstants(axes, streamGroups(axes)),
    push: { n: axes.n, ...push },
    groups: [streamGroups(axes), 1, 1],
  };
}

/** How such a kernel works, for `explanation.method`. */
export const STREAM_METHOD =
  'Eight neighbouring invocations take neighbouring pieces, and chunks of 8 × UNROLL pieces are dealt out over the whole grid; what an invocation reads is loaded before the first of it is used. A width of 8 moves vectors of four 64-bit integers, which needs shaderInt64.';

/** What its figure is, for `explanation.limit`. */
export const STREAM_LIMIT =
  'On a GPU the memory, where the arrays are larger than the caches: 64 bytes in flight per invocation come within a few percent of it. On a software device generated code and not memory: llvmpipe loads and stores every element of every invocation by itself, with a bounds check, so that its figure follows the number of elements (widths 4 and 8 differ by about 1.6) and stays below what vkCmdCopyBuffer reaches.';
