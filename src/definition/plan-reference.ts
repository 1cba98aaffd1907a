// What a reference needs of a device: another kernel that runs once at the points of a definition, on the same bindings. Pure.
import type { AxisPoint } from '../suite/benchmark.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { expandableOf } from './benchmark-of.ts';
import { dispatchNeeds } from './case-needs.ts';
import type { Obstacle } from './definition-plan.ts';
import type { Expandable } from './expand-definition.ts';
import { kernelObstacles } from './kernel-obstacles.ts';
import { type Need, ofReference } from './need.ts';

/** A reference to be planned. */
export interface PlannedReference {
  obstacles(device: DeviceInfo | null): readonly Obstacle[];
  /** Its workgroups at a point of the definition's axes. */
  needs(device: DeviceInfo, point: AxisPoint): readonly Need[];
}

/** The reference of a definition; undefined without one. Axes that only it has take their first value. */
export function referenceOf({ definition: { reference } }: Expandable): PlannedReference | undefined {
  if (reference === null) return undefined;
  const { definition } = reference.value;
  const { path, axes } = definition;
  const expandable = expandableOf(definition, {});
  const own = Object.fromEntries(Object.entries(axes).map(([name, { value }]) => [name, value[0] as number]));
  return {
    obstacles: (device) => kernelObstacles(expandable, device).map((one) => ofReference(path, one)),
    needs: (device, point) =>
      dispatchNeeds(expandable, device, { ...own, ...point }).map((need) => ({ ...need, reference: path })),
  };
}
