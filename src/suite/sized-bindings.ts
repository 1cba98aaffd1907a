// How large the buffers and images of a case are: what its benchmark says, evaluated and checked once. Pure; what a
// device takes is found out by the device, and whether the memory is there in case-memory.ts.
import type { BufferPlan } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import { elementBytes } from './element-types.ts';
import { refuseCase } from './refuse-case.ts';

/** A typed array cannot have more elements on every platform that Node supports; no device takes as many. */
const MOST_ELEMENTS = 2 ** 32;
/** Axes of an extent that count. */
const RANK = { '1d': 1, '2d': 2, '3d': 3 } as const;

/** Texels along x, y and z. */
type Extent = readonly [width: number, height: number, depth: number];

/** A buffer or image and its size. */
export interface SizedBinding {
  readonly name: string;
  readonly plan: BufferPlan;
  readonly elements: number;
  /** Of its elements, without guard bytes. */
  readonly bytes: number;
  /** Null for a buffer. */
  readonly extent: Extent | null;
}

/** @throws GuestmarkError (usage) naming the case and the buffer that makes no sense. */
export function sizeBindings(one: Case): readonly SizedBinding[] {
  return Object.entries(one.benchmark.buffers).map(([name, plan]) => {
    const elements = callBenchmark(one.id, `elements() of buffer "${name}"`, () => plan.elements(one.axes));
    if (!isCount(elements) || elements > MOST_ELEMENTS)
      refuseCase(one.id, `buffer "${name}" would have ${elements} elements`);
    const bytes = elements * elementBytes(plan.type);
    return { name, plan, elements, bytes, extent: extentOf(one, name, plan) };
  });
}

function extentOf({ id, axes }: Case, name: string, { image }: BufferPlan): Extent | null {
  if (image === undefined) return null;
  const extent: unknown = callBenchmark(id, `extent() of image "${name}"`, () => image.extent(axes));
  if (!Array.isArray(extent) || extent.length !== 3)
    refuseCase(id, `image "${name}" has no three counts of texels`);
  const texels = extent as unknown as Extent;
  const isPlain = texels.every(isCount) && texels.slice(RANK[image.dimensions]).every((count) => count === 1);
  if (!isPlain)
    refuseCase(id, `image "${name}" (${image.dimensions}) would have ${texels.join(' × ')} texels`);
  return texels;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
