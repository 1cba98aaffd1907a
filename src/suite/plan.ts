// From benchmarks, selectors and axis overrides to the list of cases. Pure: a plan can be printed
// without a device, and device limits are checked where a case is prepared.
import { GuestmarkError } from '../base/errors.ts';
import { ownValue } from '../base/own-value.ts';
import type { AxisPoint, Benchmark, SuiteName } from './benchmark.ts';
import { type Case, makeCase } from './case-id.ts';
import { checkCase } from './check-case.ts';
import { nearNames } from './near-names.ts';
import { parseSelector, type Selector } from './selector.ts';

/** What to run. */
export interface PlanRequest {
  readonly suite: SuiteName;
  /** None selects the whole suite. */
  readonly selectors: readonly string[];
  /** Values that replace those of every selected benchmark with such an axis. */
  readonly axes: Readonly<Record<string, readonly number[]>>;
}

/**
 * Plans the cases, in the order of the benchmarks, each once.
 *
 * @throws GuestmarkError (usage) for a selector or axis that matches nothing, and for a point of the axes at
 * which a benchmark makes no sense.
 */
export function planCases(benchmarks: readonly Benchmark[], request: PlanRequest): readonly Case[] {
  const selectors = request.selectors.map(parseSelector);
  for (const selector of selectors) requireMatch(selector, benchmarks);
  const chosen =
    selectors.length === 0
      ? benchmarks.filter(({ suites }) => suites[request.suite] !== undefined)
      : benchmarks;
  const cases = chosen.flatMap((benchmark) => casesOf(benchmark, selectors, request));
  requireAxes(
    request,
    cases.map(({ benchmark }) => benchmark),
  );
  const once = [...new Map(cases.map((one) => [one.id, one])).values()];
  for (const one of once) checkCase(one);
  return once;
}

function casesOf(
  benchmark: Benchmark,
  selectors: readonly Selector[],
  request: PlanRequest,
): readonly Case[] {
  const planned = plannedValues(benchmark, request);
  if (selectors.length === 0) return product(benchmark, planned);
  return selectors
    .filter((selector) => selects(selector, benchmark))
    .flatMap((selector) => product(benchmark, narrowed(planned, selector)));
}

function selects(selector: Selector, benchmark: Benchmark): boolean {
  return (
    selector.matchesName(benchmark.name) &&
    Object.keys(selector.axes).every((axis) => Object.hasOwn(benchmark.axes, axis))
  );
}

type Values = Readonly<Record<string, readonly number[]>>;

/** Values of every axis: the command line's, else the suite's, else the benchmark's. */
function plannedValues(benchmark: Benchmark, { suite, axes }: PlanRequest): Values {
  const override = benchmark.suites[suite] ?? {};
  const entries = Object.entries(benchmark.axes).map(
    ([axis, values]) => [axis, ownValue(axes, axis) ?? ownValue(override, axis) ?? values] as const,
  );
  return Object.fromEntries(entries);
}

/** A value in brackets replaces the planned ones: an id from a report always selects that very case. */
function narrowed(planned: Values, selector: Selector): Values {
  const entries = Object.entries(planned).map(([axis, values]) => {
    const wanted = ownValue(selector.axes, axis);
    return [axis, wanted === undefined || wanted === '*' ? values : [wanted]] as const;
  });
  return Object.fromEntries(entries);
}

/** A day of seconds has fewer; axes that multiply to more are a mistake, and would first fill all memory. */
const MOST_CASES = 50_000;

/** All points, the last axis fastest. */
function product(benchmark: Benchmark, values: Values): readonly Case[] {
  const count = Object.values(values).reduce((all, list) => all * list.length, 1);
  if (count > MOST_CASES) {
    throw new GuestmarkError(
      'usage',
      `Cannot plan ${benchmark.name}: its axes have ${count} points, more than ${MOST_CASES}`,
      { hint: 'give fewer values with --axis or in brackets' },
    );
  }
  let points: AxisPoint[] = [{}];
  for (const [axis, list] of Object.entries(values)) {
    points = points.flatMap((point) => list.map((value) => ({ ...point, [axis]: value })));
  }
  return points.map((axes) => makeCase(benchmark, axes));
}

function requireMatch(selector: Selector, benchmarks: readonly Benchmark[]): void {
  const named = benchmarks.filter(({ name }) => selector.matchesName(name));
  if (named.some((benchmark) => selects(selector, benchmark))) return;
  const what =
    named.length === 0 ? 'no benchmark has such a name' : 'no benchmark of that name has such an axis';
  const axes = new Set(named.flatMap((benchmark) => Object.keys(benchmark.axes)));
  const hint =
    named.length === 0 ? nameHint(selector, benchmarks) : `known: ${[...axes].join(', ') || 'none'}`;
  throw new GuestmarkError('usage', `Cannot select "${selector.text}": ${what}`, { hint });
}

/** A message has room for so many names. */
const FEW_NAMES = 12;

function nameHint({ text }: Selector, benchmarks: readonly Benchmark[]): string {
  const names = benchmarks.map(({ name }) => name);
  if (names.length <= FEW_NAMES) return `known: ${names.join(', ') || 'none'}`;
  const near = nearNames(text.replace(/\[.*/, '').replaceAll(/[*?]/g, ''), names);
  const all = `\`guestmark list '*'\` shows all ${names.length}`;
  return near.length === 0 ? all : `near it: ${near.join(', ')}; ${all}`;
}

function requireAxes({ axes }: PlanRequest, selected: readonly Benchmark[]): void {
  const known = new Set(selected.flatMap((benchmark) => Object.keys(benchmark.axes)));
  const unknown = Object.keys(axes).find((axis) => !known.has(axis));
  if (unknown === undefined) return;
  throw new GuestmarkError('usage', `Cannot set axis "${unknown}": no selected benchmark has it`, {
    hint: `axes: ${[...known].join(', ') || 'none'}`,
  });
}
