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
}

const plain =
  (unit: string) =>
  (value: number): string =>
    `${Number(value.toPrecision(4))}${unit}`;

/** The clock first, because it explains most. */
export const STATE_FIGURES: readonly StateFigure[] = [
  { name: 'compute clock', value: ({ computeClockHz }) => computeClockHz, text: clockText },
  {
    name: 'stolen, at most',
    value: ({ stealShare }) => mapAvailable(stealShare, ({ high }) => high),
    text: formatPercent,
  },
  { name: 'waited for a CPU', value: ({ runQueueShare }) => runQueueShare, text: formatPercent },
  { name: 'withheld by a CPU quota', value: ({ throttledShare }) => throttledShare, text: formatPercent },
  { name: 'exit cost', value: ({ exitCostNs }) => exitCostNs, text: formatNs },
  { name: 'PCIe link width', value: ({ linkWidth }) => linkWidth, text: plain(' lanes') },
  { name: 'PCIe link speed', value: ({ linkGtps }) => linkGtps, text: plain(' GT/s') },
  { name: 'uncorrected ECC errors', value: ({ eccErrors }) => eccErrors, text: plain('') },
];

function clockText(hertz: number): string {
  return hertz >= 1e9 ? plain(' GHz')(hertz / 1e9) : plain(' MHz')(hertz / 1e6);
}
