// Which counters that moved while a case was sampled its reader must know about: errors of the GPU's link and memory. Other
// counters are in the report and judge nothing by themselves.
import type { SampledRun } from './case-samples.ts';
import type { ReportWarning } from './report.ts';
import { warningOf } from './warnings.ts';

/** Ends of names, and what happened that many times. */
const ERRORS: readonly (readonly [end: string, inWords: (count: number) => string])[] = [
  [':pcie:replays', (count) => `${count} packets were sent again on the PCIe link`],
  [':ecc:corrected', (count) => `${count} errors of the device's memory were corrected`],
  [':ecc:uncorrected', (count) => `${count} errors of the device's memory could not be corrected`],
];

/** One warning a kind of error. */
export function counterWarnings(runs: readonly SampledRun[]): readonly ReportWarning[] {
  return ERRORS.flatMap(([end, inWords]) => {
    const counts = runs.map((run) => countOf(run, end));
    const count = counts.reduce((sum, one) => sum + one, 0);
    if (count === 0) return [];
    const hit = counts.filter((one) => one > 0).length;
    return [warningOf('device-errors', `in ${hit} of ${runs.length} runs ${inWords(count)}`)];
  });
}

function countOf({ counters }: SampledRun, end: string): number {
  if (!counters.available) return 0;
  return counters.value.changes
    .filter(({ name, change }) => name.endsWith(end) && change.available)
    .reduce((sum, { change }) => sum + (change.available ? change.value : 0), 0);
}
