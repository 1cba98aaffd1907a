// The roofline of a device, from the cases that measure its roofs, and how close every other case comes to it. S. Williams, A.
// Waterman and D. Patterson, "Roofline: An Insightful Visual Performance Model" (CACM 52, 2009).
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { RoofType } from '../suite/benchmark.ts';
import { bestCase } from './derive-maximum.ts';
import type { DerivedFigure, DerivedId, Estimate, Roof, Roofs } from './derived.ts';
import type { CaseResult } from './report.ts';
import { roofUseOf } from './roof-share.ts';
import type { UnjudgedCase } from './threshold-verdict.ts';

const TYPES: readonly RoofType[] = ['f64', 'f32', 'f16', 'matrix16', 'matrix8'];
/** A memory roof moves at least this part of what the largest of them does. */
const LEAST_SHARE = 0.5;

/** The highest rates of the benchmarks that are roofs; of memory at their largest sizes only. */
export function measuredRoofs(results: readonly UnjudgedCase[]): Roofs {
  const roofs = results.filter(({ isRoof }) => isRoof);
  const ofType = (type: RoofType): Available<Roof> =>
    highest(
      roofs.filter(({ flopType }) => flopType === type),
      'arithmetic',
      `the ${type} peak`,
    );
  return {
    bandwidth: highest(largest(roofs), 'bandwidth', 'the memory bandwidth'),
    arithmetic: {
      f64: ofType('f64'),
      f32: ofType('f32'),
      f16: ofType('f16'),
      matrix16: ofType('matrix16'),
      matrix8: ofType('matrix8'),
    },
  };
}

/**
 * Of every benchmark the cases that move most, unless those of another move more than twice as much: smaller ones may stay
 * in a cache, whose bandwidth is no roof of memory.
 */
function largest(cases: readonly UnjudgedCase[]): readonly UnjudgedCase[] {
  const most = new Map<string, number>();
  const measured = cases.filter(
    ({ status, metrics }) => status === 'ok' && metrics.some(({ id }) => id === 'bandwidth'),
  );
  for (const { benchmark, bytes } of measured)
    most.set(benchmark, Math.max(most.get(benchmark) ?? 0, bytes ?? 0));
  const least = LEAST_SHARE * Math.max(0, ...most.values());
  return measured.filter(({ benchmark, bytes }) => bytes === most.get(benchmark) && (bytes ?? 0) >= least);
}

function highest(
  cases: readonly UnjudgedCase[],
  metric: 'bandwidth' | 'arithmetic',
  what: string,
): Available<Roof> {
  const found = bestCase(cases, metric, 'highest');
  if (found === null) return unavailable(`no case that measures ${what} has one in this report`);
  const { value, low, high } = found.metric;
  return available({ value, low, high, caseId: found.id });
}

/** The roofs that the cases need, and their ridge points: the intensity from which on arithmetic is the limit. */
export function rooflineFigures(results: readonly CaseResult[], roofs: Roofs): readonly DerivedFigure[] {
  const users = results.flatMap((result) => {
    const use = result.status === 'ok' ? roofUseOf(result) : null;
    return use === null ? [] : [{ id: result.id, ...use }];
  });
  const movers = users.filter(({ moves }) => moves).map(({ id }) => id);
  const types = TYPES.filter((type) => users.some(({ computes }) => computes === type));
  const computersOf = (type: RoofType): readonly string[] =>
    users.filter(({ computes }) => computes === type).map(({ id }) => id);
  return [
    ...(movers.length === 0 ? [] : [roofFigure('roofBandwidth', 'B/s', roofs.bandwidth, movers)]),
    ...types.map((type) =>
      roofFigure(`roofArithmetic${upper(type)}`, 'FLOP/s', roofs.arithmetic[type], computersOf(type)),
    ),
    ...types.flatMap((type) => ridgePoint(type, roofs)),
  ];
}

function roofFigure(
  id: DerivedId,
  unit: DerivedFigure['unit'],
  roof: Available<Roof>,
  users: readonly string[],
): DerivedFigure {
  return {
    id,
    benchmark: null,
    unit,
    estimate: mapAvailable(roof, ({ value, low, high }) => ({ value, low, high })),
    method:
      unit === 'B/s'
        ? 'highest bandwidth of the largest cases that measure it, with the interval of its case'
        : 'highest rate of the cases that measure it, with the interval of its case',
    cases: roof.available ? [roof.value.caseId] : users,
  };
}

function ridgePoint(type: RoofType, roofs: Roofs): readonly DerivedFigure[] {
  const [peak, bandwidth] = [roofs.arithmetic[type], roofs.bandwidth];
  if (!peak.available || !bandwidth.available) return [];
  const estimate: Estimate = {
    value: peak.value.value / bandwidth.value.value,
    low: peak.value.low / bandwidth.value.high,
    high: peak.value.high / bandwidth.value.low,
  };
  return [
    {
      id: `ridgePoint${upper(type)}`,
      benchmark: null,
      unit: 'FLOP/B',
      estimate: available(estimate),
      method: `the ${type} roof divided by the bandwidth roof; the interval is of opposite ends of theirs`,
      cases: [peak.value.caseId, bandwidth.value.caseId],
    },
  ];
}

function upper(type: RoofType): Uppercase<RoofType> {
  return type.toUpperCase() as Uppercase<RoofType>;
}
