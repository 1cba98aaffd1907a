// In what the state of a node differs from that of the nodes of its kind, and how much slower that makes it: a sign is what may
// explain an outlier. Knows neither cases nor findings.
import type { Available } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import { formatPercent, formatPercentRange } from '../report/percent.ts';
import { median, robustDeviation } from '../stats/quantile.ts';
import type { FleetCause, FleetNodeState } from './fleet-report.ts';

/** A difference that may make a node slow. */
export interface NodeSign {
  readonly cause: Exclude<FleetCause, 'unexplained'>;
  /** What becomes slower by it; `link`: only what crosses the PCIe link, `latency`: only round trips. */
  readonly touches: 'all' | 'link' | 'latency';
  /** The ratio of times that it explains; infinite where nothing tells how much it costs. */
  readonly explains: number;
  /** `steal 10.1 % (fleet 0.2 %)`. */
  readonly text: string;
}

/** What is usual among the nodes of a kind; NaN where none tells. */
interface Usual {
  readonly middle: number;
  readonly spread: number;
}

/** Finds the signs of a node. */
export type SignsOf = (state: FleetNodeState) => readonly NodeSign[];

/** So many robust deviations off is unusual. */
const UNUSUAL = 4;
/** A share of the time that is smaller than this much above the usual one explains nothing that is looked at. */
const LEAST_SHARE = 0.005;
const LEAST_CLOCK = 0.01;
const LEAST_SPEED = 0.1;
const LEAST_EXIT = 0.2;
/** A reason that more of the nodes give is the fleet's own. */
const COMMON = 0.5;

/** Learns from the nodes of a kind what is usual. */
export function signsOf(kind: readonly FleetNodeState[]): SignsOf {
  const usual = (pick: (state: FleetNodeState) => Available<number>): Usual => usualOf(kind.map(pick));
  const clock = usual(({ computeClockHz }) => computeClockHz);
  const errors = usual(({ eccErrors }) => eccErrors);
  const width = usual(({ linkWidth }) => linkWidth);
  const speed = usual(({ linkGtps }) => linkGtps);
  const exit = usual(({ exitCostNs }) => exitCostNs);
  const steal = usual(stealMiddle);
  const stealUsual = { low: usual(stealEnd('low')).middle, high: usual(stealEnd('high')).middle };
  const runQueue = usual(({ runQueueShare }) => runQueueShare);
  const throttled = usual(({ throttledShare }) => throttledShare);
  const common = commonReasons(kind);
  return (state) => [
    ...below(
      state.computeClockHz,
      clock,
      LEAST_CLOCK,
      (hertz) => `compute clock ${clockText(hertz)} (fleet ${clockText(clock.middle)})`,
    ),
    ...throttling(state, common),
    ...counted(state.eccErrors, errors),
    ...linkSigns(state, { width, speed }),
    ...share(
      stealMiddle(state),
      steal,
      () => `steal ${stealText(state)} (fleet ${formatPercentRange(stealUsual.low, stealUsual.high)})`,
    ),
    ...share(
      state.runQueueShare,
      runQueue,
      (value) => `waited for a CPU ${formatPercent(value)} (fleet ${formatPercent(runQueue.middle)})`,
    ),
    ...share(
      state.throttledShare,
      throttled,
      (value) => `withheld by a CPU quota ${formatPercent(value)} (fleet ${formatPercent(throttled.middle)})`,
    ),
    ...exitSigns(state, exit),
  ];
}

function usualOf(all: readonly Available<number>[]): Usual {
  const values = all.flatMap((one) => (one.available ? [one.value] : []));
  return { middle: median(values), spread: robustDeviation(values) };
}

function stealMiddle({ stealShare }: FleetNodeState): Available<number> {
  return stealShare.available
    ? { available: true, value: (stealShare.value.low + stealShare.value.high) / 2 }
    : stealShare;
}

function stealEnd(end: 'low' | 'high'): (state: FleetNodeState) => Available<number> {
  return ({ stealShare }) =>
    stealShare.available ? { available: true, value: stealShare.value[end] } : stealShare;
}

function stealText({ stealShare }: FleetNodeState): string {
  return stealShare.available ? formatPercentRange(stealShare.value.low, stealShare.value.high) : 'unknown';
}

function commonReasons(kind: readonly FleetNodeState[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { throttleReasons } of kind) {
    for (const reason of throttleReasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > COMMON * kind.length).map(([reason]) => reason));
}

/** A clock that is slower than usual. */
function below(
  told: Available<number>,
  { middle, spread }: Usual,
  least: number,
  text: (value: number) => string,
): readonly NodeSign[] {
  if (!told.available || !(middle - told.value > Math.max(UNUSUAL * spread, least * middle))) return [];
  return [{ cause: 'gpu', touches: 'all', explains: middle / told.value, text: text(told.value) }];
}

function throttling({ throttleReasons }: FleetNodeState, common: ReadonlySet<string>): readonly NodeSign[] {
  const own = throttleReasons.filter((reason) => !common.has(reason));
  if (own.length === 0) return [];
  return [
    {
      cause: 'gpu',
      touches: 'all',
      explains: Number.POSITIVE_INFINITY,
      text: `held back by: ${own.join(', ')}`,
    },
  ];
}

function counted(told: Available<number>, { middle }: Usual): readonly NodeSign[] {
  if (!told.available || !(told.value > middle)) return [];
  const text = `${told.value} memory errors that ECC could not correct (fleet ${middle})`;
  return [{ cause: 'gpu', touches: 'all', explains: Number.POSITIVE_INFINITY, text }];
}

function linkSigns(
  { linkWidth, linkGtps }: FleetNodeState,
  { width, speed }: { readonly width: Usual; readonly speed: Usual },
): readonly NodeSign[] {
  const sign = (value: number, middle: number, text: string): readonly NodeSign[] =>
    value < middle * (1 - LEAST_SPEED)
      ? [{ cause: 'gpu', touches: 'link', explains: middle / value, text }]
      : [];
  return [
    ...(linkWidth.available
      ? sign(linkWidth.value, width.middle, `PCIe link of ${linkWidth.value} lanes (fleet ${width.middle})`)
      : []),
    ...(linkGtps.available
      ? sign(linkGtps.value, speed.middle, `PCIe link of ${linkGtps.value} GT/s (fleet ${speed.middle})`)
      : []),
  ];
}

/** A share of the time that was taken away: what is left has to do all the work. */
function share(
  told: Available<number>,
  { middle, spread }: Usual,
  text: (value: number) => string,
): readonly NodeSign[] {
  if (!told.available || !(told.value - middle > Math.max(UNUSUAL * spread, LEAST_SHARE))) return [];
  const explains = (1 - middle) / Math.max(1e-3, 1 - told.value);
  return [{ cause: 'guest', touches: 'all', explains, text: text(told.value) }];
}

function exitSigns({ exitCostNs }: FleetNodeState, { middle, spread }: Usual): readonly NodeSign[] {
  if (!exitCostNs.available) return [];
  const { value } = exitCostNs;
  if (!(value - middle > Math.max(UNUSUAL * spread, LEAST_EXIT * middle))) return [];
  const text = `exit cost ${formatNs(value)} (fleet ${formatNs(middle)})`;
  return [{ cause: 'guest', touches: 'latency', explains: value / middle, text }];
}

function clockText(hertz: number): string {
  return hertz >= 1e9
    ? `${Number((hertz / 1e9).toPrecision(4))} GHz`
    : `${Number((hertz / 1e6).toPrecision(4))} MHz`;
}
