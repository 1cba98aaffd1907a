// What the operations of tenants measured besides their times, alone, together and after a death: whether a neighbour left less
// memory, and whether it came back. Pure.
import { type Available, unavailable } from '../base/availability.ts';
import type { ValueInterval } from '../stats/ratio-interval.ts';
import type { OperationFigures, Phase, TenantRun } from './tenants-report.ts';
import { type FigureOptions, overRounds } from './windowed-runs.ts';

/**
 * The figures of all members.
 *
 * @param alone The phases of each member's case.
 */
export function operationFigures(
  alone: readonly (readonly Phase[])[],
  together: readonly Phase[],
  options: FigureOptions,
): readonly OperationFigures[] {
  return alone.flatMap((phases, member) => {
    const before = phases.flatMap(({ tenants }) => tenants[0] ?? []);
    const now = together.flatMap(({ tenants }) => tenants[member] ?? []);
    const after = together.flatMap(({ kill }) => (kill?.member === member ? [kill.newcomer] : []));
    const known = new Map(
      [...before, ...now, ...after].flatMap(({ figures }) => figures).map((one) => [one.id, one]),
    );
    return [...known.values()].map(({ id, label, unit }) => ({
      ...{ member, id, label, unit },
      alone: medianOf(before, id, options),
      together: medianOf(now, id, options),
      newcomer: medianOf(after, id, options),
    }));
  });
}

function medianOf(runs: readonly TenantRun[], id: string, options: FigureOptions): Available<ValueInterval> {
  const values = runs.flatMap(({ figures }) => {
    const estimate = figures.find((one) => one.id === id)?.estimate;
    return estimate?.available === true ? [estimate.value.value] : [];
  });
  if (runs.length === 0) return unavailable('no process of it ran then');
  return overRounds(values, options, 'no process of it came to its end then');
}
