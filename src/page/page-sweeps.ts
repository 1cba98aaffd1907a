// Which benchmarks of the page were swept over an axis, and which curves that makes: one for each setting of the other axes.
// Finds no trend; it only orders what was measured.
import { ownValue } from '../base/own-value.ts';
import { formatQuantity } from '../base/units.ts';
import type { PageCase, PageData, PageEstimate } from './page-data.ts';
import { estimateOf, groupsOf, type PageGroup } from './page-groups.ts';

/** With fewer values an axis is no sweep. */
const LEAST_VALUES = 3;
const MOST_CURVES = 8;

/** A point of a curve. */
interface SweepPoint {
  readonly x: number;
  readonly y: PageEstimate;
  readonly caseId: string;
}

/** One setting of the other axes. */
export interface SweepCurve {
  readonly label: string;
  readonly points: readonly SweepPoint[];
}

/** A benchmark along an axis. */
export interface Sweep {
  readonly benchmark: string;
  readonly axis: string;
  readonly metric: string;
  readonly curves: readonly SweepCurve[];
  /** Curves that are not drawn, because there are too many. */
  readonly left: number;
}

/** All sweeps, in the order of the cases. */
export function sweepsOf(data: PageData): readonly Sweep[] {
  const groups = groupsOf(data);
  const benchmarks = [...new Set(data.cases.map(({ benchmark }) => benchmark))];
  return benchmarks.flatMap((benchmark) => {
    const cases = data.cases.filter((one) => one.benchmark === benchmark);
    const axis = sweptAxis(cases);
    const metric = axis === undefined ? undefined : sweptMetric(cases, groups);
    if (axis === undefined || metric === undefined) return [];
    const curves = groups.flatMap((group) => curvesOf(cases, axis, metric, group));
    if (curves.length === 0) return [];
    return [
      {
        benchmark,
        axis,
        metric,
        curves: curves.slice(0, MOST_CURVES),
        left: Math.max(0, curves.length - MOST_CURVES),
      },
    ];
  });
}

/** The axis with the most values. */
function sweptAxis(cases: readonly PageCase[]): string | undefined {
  const names = [...new Set(cases.flatMap(({ axes }) => Object.keys(axes)))];
  const counted = names.map((name) => ({
    name,
    count: new Set(cases.map(({ axes }) => ownValue(axes, name))).size,
  }));
  return counted.filter(({ count }) => count >= LEAST_VALUES).sort((a, b) => b.count - a.count)[0]?.name;
}

/** Bandwidth of what moves memory, arithmetic of what computes, else the time. */
function sweptMetric(cases: readonly PageCase[], groups: readonly PageGroup[]): string | undefined {
  const has = (metric: string): boolean =>
    cases.some((one) => groups.some((group) => estimateOf(one, group, metric) !== null));
  const isLatency = cases.every(({ kind }) => kind === 'latency');
  const ids = isLatency
    ? ['wallTime']
    : ['bandwidth', 'arithmetic', 'itemRate', 'itemTime', 'gpuTime', 'wallTime'];
  return ids.find(has);
}

function curvesOf(
  cases: readonly PageCase[],
  axis: string,
  metric: string,
  group: PageGroup,
): readonly SweepCurve[] {
  const curves = new Map<string, SweepPoint[]>();
  for (const one of cases) {
    const [x, y] = [ownValue(one.axes, axis), estimateOf(one, group, metric)];
    if (x === undefined || y === null) continue;
    const setting = settingOf(one, axis, group, cases);
    const points = curves.get(setting) ?? [];
    points.push({ x, y, caseId: one.id });
    curves.set(setting, points);
  }
  return [...curves]
    .filter(([, points]) => points.length >= LEAST_VALUES)
    .map(([label, points]) => ({ label, points: points.sort((a, b) => a.x - b.x) }));
}

/** The other axes as far as they differ between the cases: `WORKGROUP_SIZE=64, contender`. */
function settingOf(
  { axes }: PageCase,
  axis: string,
  { name }: PageGroup,
  cases: readonly PageCase[],
): string {
  const differing = Object.entries(axes).filter(
    ([other, value]) => other !== axis && cases.some((one) => ownValue(one.axes, other) !== value),
  );
  const parts = differing.map(([other, value]) => `${other}=${formatQuantity(value)}`);
  return [...parts, ...(name === 'all' ? [] : [name])].join(', ');
}

/** A case on the roofline. */
export interface RooflinePoint {
  readonly caseId: string;
  readonly caseIndex: number;
  readonly group: PageGroup['name'];
  /** FLOP/B. */
  readonly intensity: number;
  readonly rate: PageEstimate;
}

/** The cases that both move and compute, with their arithmetic intensity. */
export function rooflinePoints(data: PageData): readonly RooflinePoint[] {
  return groupsOf(data).flatMap((group) =>
    data.cases.flatMap((one, caseIndex): readonly RooflinePoint[] => {
      const rate = estimateOf(one, group, 'arithmetic');
      if (rate === null || rate[0] <= 0 || one.bytes === null || one.flops === null) return [];
      if (one.bytes <= 0 || one.flops <= 0) return [];
      return [{ caseId: one.id, caseIndex, group: group.name, intensity: one.flops / one.bytes, rate }];
    }),
  );
}
