// Which axis a need depends on, found out by trying: each axis is halved until the limit allows what is needed. Pure; what
// an expression says is not looked at, because a module's function has none.
import { formatQuantity } from '../base/units.ts';
import type { AxisPoint } from '../suite/benchmark.ts';
import type { Obstacle } from './definition-plan.ts';
import { isExceeded, isSameNeed, type Need, obstacleOf } from './need.ts';

/** The needs at a point. */
export type NeedsAt = (axes: AxisPoint) => readonly Need[];

/** A lower value of an axis and what is needed there; null where there is no such case. */
interface Step {
  readonly value: number;
  readonly needs: readonly Need[] | null;
}

/** What lowering an axis does for a need. */
interface Lowering {
  readonly axis: string;
  /** What is needed at the first lower value, as a ratio of what is needed now. */
  readonly ratio: number;
  readonly fittingValue: number | null;
}

/** The obstacles at a point, each with the axis to lower. */
export function obstaclesAt(point: AxisPoint, needsAt: NeedsAt): readonly Obstacle[] {
  const exceeded = needsAt(point).filter(isExceeded);
  if (exceeded.length === 0) return [];
  const ladders = Object.keys(point).map((axis) => ({ axis, steps: lowerSteps(point, axis, needsAt) }));
  return exceeded.map((need) => {
    const lowerings = ladders.flatMap(({ axis, steps }) => loweringOf(need, axis, steps));
    const [best] = lowerings.sort(
      (a, b) => Number(a.fittingValue === null) - Number(b.fittingValue === null) || a.ratio - b.ratio,
    );
    return best === undefined ? obstacleOf(need) : withAxis(need, best);
  });
}

function withAxis(need: Need, { axis, fittingValue }: Lowering): Obstacle {
  const obstacle = obstacleOf(need);
  const fits = fittingValue === null ? '' : ` (${formatQuantity(fittingValue)} fits)`;
  return { ...obstacle, axis, fittingValue, hint: `lower ${axis}${fits}, or ${need.hint}` };
}

function loweringOf(need: Need, axis: string, steps: readonly Step[]): readonly Lowering[] {
  const known = steps.flatMap(({ value, needs }) => {
    const same = needs?.find((one) => isSameNeed(one, need));
    return same === undefined ? [] : [{ value, same }];
  });
  const [first] = known;
  if (first === undefined || !(first.same.needed < need.needed)) return [];
  const fitting = known.find(({ same }) => !isExceeded(same));
  return [{ axis, ratio: first.same.needed / need.needed, fittingValue: fitting?.value ?? null }];
}

/** The value halved until 1. */
function lowerSteps(point: AxisPoint, axis: string, needsAt: NeedsAt): readonly Step[] {
  const steps: Step[] = [];
  for (let value = Math.floor((point[axis] as number) / 2); value >= 1; value = Math.floor(value / 2)) {
    steps.push({ value, needs: tried(() => needsAt({ ...point, [axis]: value })) });
  }
  return steps;
}

/** At many lower values an expression is not whole: those are no cases, and no reason to stop. */
function tried<T>(evaluate: () => T): T | null {
  try {
    return evaluate();
  } catch {
    return null;
  }
}
