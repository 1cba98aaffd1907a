// From a definition to its cases on a device, with the sizes of each and what stands in its way: what `guestmark check`
// prints. Pure; nothing is opened, filled or run.
import { describeError, GuestmarkError } from '../base/errors.ts';
import type { AxisPoint } from '../suite/benchmark.ts';
import { callBenchmark } from '../suite/call-benchmark.ts';
import { caseId } from '../suite/case-id.ts';
import type { NamedValues } from '../vulkan/compute-device.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { type NeedsAt, obstaclesAt } from './axis-to-lower.ts';
import { caseNeeds } from './case-needs.ts';
import type { DefinitionPlan, PlainNumber, PlannedCase, PlannedDispatch } from './definition-plan.ts';
import { localSizeAt, type Triple } from './dispatch-size.ts';
import {
  bindingAt,
  bytesAt,
  constantsAt,
  type Expandable,
  flopsAt,
  groupsAt,
  invocationsAt,
  pushAt,
} from './expand-definition.ts';
import { kernelObstacles } from './kernel-obstacles.ts';
import type { Need } from './need.ts';
import { referenceOf } from './plan-reference.ts';

/** Nobody reads more. */
const MOST_CASES = 1000;

/** Plans every case, in the order in which they would run; without a device no limits are compared. */
export function planDefinition(expandable: Expandable, device: DeviceInfo | null): DefinitionPlan {
  const reference = referenceOf(expandable);
  const lists = Object.values(expandable.definition.axes);
  const totalCases = lists.reduce((product, { value }) => product * value.length, 1);
  return {
    totalCases: Math.min(totalCases, Number.MAX_SAFE_INTEGER),
    obstacles: [...kernelObstacles(expandable, device), ...(reference?.obstacles(device) ?? [])],
    cases: pointsOf(expandable).map((axes) => {
      const needs = (point: AxisPoint): readonly Need[] =>
        device === null
          ? []
          : [...caseNeeds(expandable, device, point), ...(reference?.needs(device, point) ?? [])];
      return planCase(expandable, needs, axes);
    }),
  };
}

/** The first points, the last axis fastest. */
function pointsOf({ definition }: Expandable): readonly AxisPoint[] {
  let points: AxisPoint[] = [{}];
  for (const [axis, { value: list }] of Object.entries(definition.axes)) {
    points = points
      .flatMap((point) => list.map((value) => ({ ...point, [axis]: value })))
      .slice(0, MOST_CASES);
  }
  return points;
}

function planCase(expandable: Expandable, needsAt: NeedsAt, axes: AxisPoint): PlannedCase {
  const id = caseId(expandable.definition.name.value, axes);
  try {
    const dispatch = callBenchmark(id, 'a function', () => planDispatch(expandable, axes));
    return { id, axes, problem: null, dispatch, obstacles: obstaclesAt(axes, needsAt) };
  } catch (error) {
    return { id, axes, problem: describeError(error), dispatch: null, obstacles: [] };
  }
}

function planDispatch(expandable: Expandable, axes: AxisPoint): PlannedDispatch {
  const { kernel } = expandable;
  const localSize = requireWhole(localSizeAt(kernel, axes));
  const bindings = kernel.bindings.map((binding) => {
    const { name, bytes, elements, extent } = bindingAt(expandable, binding, axes);
    return { name, bytes, elements, extent };
  });
  const movedBytes = requireAmount('bytes', bytesAt(expandable, axes));
  const said = flopsAt(expandable, axes);
  const flops = said === undefined ? null : requireAmount('flops', said);
  return {
    localSize,
    workgroups: groupsAt(expandable, axes),
    invocations: requireAmount('items', invocationsAt(expandable, axes)),
    bindings,
    memoryBytes: bindings.reduce((sum, { bytes }) => sum + bytes, 0),
    movedBytes,
    flops,
    flopsPerByte: flops === null || movedBytes === 0 ? null : flops / movedBytes,
    push: plainLists(pushAt(expandable, axes)),
    constants: plainValues(constantsAt(expandable, axes)),
  };
}

function requireWhole(localSize: Triple): Triple {
  if (localSize.every((size) => Number.isInteger(size) && size >= 1)) return localSize;
  const state = `its local size is ${localSize.join(' × ')}`;
  throw new GuestmarkError('usage', `Cannot dispatch: ${state}`, {
    hint: 'local sizes are whole numbers, 1 or more',
  });
}

function requireAmount(what: 'flops' | 'bytes' | 'items', amount: number): number {
  if (Number.isFinite(amount) && amount >= 0) return amount;
  throw new GuestmarkError('usage', `Cannot count ${what}: there would be ${amount}`, {
    hint: 'give an amount of 0 or more',
  });
}

function plainLists(values: NamedValues): Readonly<Record<string, readonly PlainNumber[]>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).map(plainNumber),
    ]),
  );
}

function plainValues(values: NamedValues): Readonly<Record<string, PlainNumber>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, plainNumber(value as number | bigint)]),
  );
}

/** JSON has no bigint, no NaN and no infinity. */
function plainNumber(value: number | bigint): PlainNumber {
  return typeof value === 'number' && Number.isFinite(value) ? value : String(value);
}
