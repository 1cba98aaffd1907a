// What may explain that a node is slow, as numbers with a name and a unit each, for whoever shows how they are spread over a fleet.
import { type Available, mapAvailable } from '../base/availability.ts';
import { formatNs } from '../base/units.ts';
import { formatPercent } from '../report/percent.ts';
import type { FleetNodeState } from './fleet-report.ts';

/** One number of the state of a node. */
export interface StateFigure {
  readonly name: string;
  readonly value: (state: FleetNodeState) => Available<number>;
  readonly text: (value: number) => string;
  /** Of shares and counts nothing is the usual value: their axis begins there. */
  readonly beginsAtZero: boolean;
}

const plain =
  (unit: string) =>
  (value: number): string =>
    `${Number(value.toPrecision(4))}${unit}`;

const figure = (
  name: string,
  value: StateFigure['value'],
  text: StateFigure['text'],
  beginsAtZero = false,
): StateFigure => ({ name, value, text, beginsAtZero });

const share = (name: string, value: StateFigure['value']): StateFigure =>
  figure(name, value, formatPercent, true);

/** The clock first, because it explains most. */
export const STATE_FIGURES: readonly StateFigure[] = [
  figure('compute clock', ({ computeClockHz }) => computeClockHz, clockText),
  share('stolen, at most', ({ stealShare }) => mapAvailable(stealShare, ({ high }) => high)),
  share('waited for a CPU', ({ runQueueShare }) => runQueueShare),
  share('withheld by a CPU quota', ({ throttledShare }) => throttledShare),
  figure('exit cost', ({ exitCostNs }) => exitCostNs, formatNs),
  figure('PCIe link width', ({ linkWidth }) => linkWidth, plain(' lanes')),
  figure('PCIe link speed', ({ linkGtps }) => linkGtps, plain(' GT/s')),
  figure('uncorrected ECC errors', ({ eccErrors }) => eccErrors, plain(''), true),
];

function clockText(hertz: number): string {
  return hertz >= 1e9 ? plain(' GHz')(hertz / 1e9) : plain(' MHz')(hertz / 1e6);
}
