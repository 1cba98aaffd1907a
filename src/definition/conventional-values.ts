// Values for the axes that conventions bring: as large as every Vulkan device can do, so that a shader that says nothing
// runs everywhere. Pure.
import { ownValue } from '../base/own-value.ts';
import type { BindingInterface, KernelInterface } from '../shader/kernel-interface.ts';
import { layoutOf } from './binding-layout.ts';
import {
  CONVENTION,
  CONVENTION_AXES,
  LEAST_GROUPS,
  LEAST_IMAGE_SIZE,
  LEAST_RANGE_BYTES,
} from './conventions.ts';
import type { BindingDefinition, ShaderDefinition, Sourced } from './definition.ts';
import { workgroupsAt } from './dispatch-size.ts';
import type { Scope } from './expression.ts';

type Axes = Readonly<Record<string, Sourced<readonly number[]>>>;
type Sized = Pick<ShaderDefinition, 'bindings' | 'size'>;

/** As many points of the other axes are looked at. */
const MOST_POINTS = 256;

/** One value for each assumed axis: the largest with which every point of the other axes fits any Vulkan device. */
export function conventionalValues(
  kernel: KernelInterface,
  draft: Sized,
  known: Axes,
  assumed: readonly (keyof typeof CONVENTION_AXES)[],
): Axes {
  const points = pointsOf(known);
  const candidate = (step: number): Scope =>
    Object.fromEntries(
      assumed.map((name) => [
        name,
        CONVENTION_AXES[name][Math.min(step, CONVENTION_AXES[name].length - 1)] as number,
      ]),
    );
  const steps = CONVENTION_AXES.n.map((_, step) => step);
  const fitting = steps.find((step) =>
    points.every((point) => fits(kernel, draft, { ...point, ...candidate(step) })),
  );
  // Where none fits the reason is told when the cases are planned.
  const entries = Object.entries(candidate(fitting ?? 0));
  return Object.fromEntries(entries.map(([name, value]) => [name, { value: [value], from: CONVENTION }]));
}

/** All points, or, where there are many, those of the smallest and largest values. */
function pointsOf(axes: Axes): readonly Scope[] {
  const all = Object.values(axes).reduce((product, { value }) => product * value.length, 1);
  let points: Scope[] = [{}];
  for (const [name, { value }] of Object.entries(axes)) {
    const looked = all <= MOST_POINTS ? value : [Math.max(...value), Math.min(...value)];
    points = points
      .flatMap((point) => looked.map((one) => ({ ...point, [name]: one })))
      .slice(0, MOST_POINTS);
  }
  return points;
}

function fits(kernel: KernelInterface, { size, bindings }: Sized, axes: Scope): boolean {
  try {
    return (
      workgroupsAt(size.value, kernel, axes).every((count) => count <= LEAST_GROUPS) &&
      kernel.bindings.every((binding) => fitsBinding(binding, ownValue(bindings, binding.name), axes))
    );
  } catch {
    return false;
  }
}

function fitsBinding(
  binding: BindingInterface,
  definition: BindingDefinition | undefined,
  axes: Scope,
): boolean {
  // No elements at all: a function of a module gives them.
  if (definition === undefined || definition.elements?.value.length === 0) return true;
  const { bytes, extent } = layoutOf(binding, definition, axes);
  const dimensions = binding.image?.dimensions as keyof typeof LEAST_IMAGE_SIZE | undefined;
  const most = dimensions === undefined ? undefined : ownValue(LEAST_IMAGE_SIZE, dimensions);
  return bytes <= LEAST_RANGE_BYTES && (extent ?? []).every((size) => size <= (most ?? size));
}
