// Case ids: the same string in the report, on the command line and in a comparison. Pure.
import { formatQuantity } from '../base/units.ts';
import type { AxisPoint, Benchmark } from './benchmark.ts';

/** A benchmark at one point of its axes. */
export interface Case {
  /** `copy[n=4Mi,WORKGROUP_SIZE=256]`; just the name for a benchmark without axes. */
  readonly id: string;
  readonly benchmark: Benchmark;
  readonly axes: AxisPoint;
}

/** Makes the case of a benchmark at `axes`; the id lists them in the order of their declaration. */
export function makeCase(benchmark: Benchmark, axes: AxisPoint): Case {
  const ordered = Object.keys(benchmark.axes).map((axis) => [axis, axes[axis] as number] as const);
  return { id: caseId(benchmark.name, Object.fromEntries(ordered)), benchmark, axes };
}

/** The id of a case; the axes in their order. */
export function caseId(name: string, axes: AxisPoint): string {
  const values = Object.entries(axes).map(([axis, value]) => `${axis}=${formatQuantity(value)}`);
  return values.length === 0 ? name : `${name}[${values.join(',')}]`;
}
