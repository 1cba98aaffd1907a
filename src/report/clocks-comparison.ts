// The rows of the table's head that set the guest's clock against the others: an external one where it was
// asked for, and the device's. Sums over all cases; single cases are warned of where they stand.
import { formatNs } from '../base/units.ts';
import type { CaseRun } from '../suite/case-run.ts';
import type { Painted } from './paint.ts';
import type { Report } from './report.ts';

/** No row without an external clock, one without a device's. */
export function clocksComparison(
  report: Pick<Report, 'command' | 'results' | 'device'>,
): readonly (readonly [string, Painted])[] {
  const { externalClock } = report.command;
  if (externalClock === null) return [];
  const runs = report.results.flatMap((result) => result.runs);
  return [['external', externalLine(externalClock, runs)], ...deviceLine(report, runs)];
}

/** Offsets' bounds add up as the times do: the drift of the sum is known to the sum of bounds over the sum of times. */
function externalLine(server: string, runs: readonly CaseRun[]): Painted {
  const compared = runs.flatMap(({ external }) => (external.available ? [external.value] : []));
  if (compared.length === 0) return { text: `unknown: ${firstReason(runs)}`, style: 'caution' };
  const total = (of: (one: (typeof compared)[0]) => number): number =>
    compared.reduce((sum, one) => sum + of(one), 0);
  const [guestNs, externalNs] = [total((one) => one.guestWallNs), total((one) => one.externalWallNs)];
  const boundNs = total((one) => one.boundNs);
  const off = compared.filter(({ verdict, steady }) => verdict !== 'agrees' || !steady).length;
  const times = `guest ${formatNs(guestNs)}, ${server} ${formatNs(externalNs)} ± ${formatNs(boundNs)}`;
  const drift = driftText((guestNs / externalNs - 1) * 1e6, (boundNs / externalNs) * 1e6);
  const missing = runs.length - compared.length;
  const unknown = missing === 0 ? '' : `; unknown for ${missing} runs of cases (${firstReason(runs)})`;
  const share = off === 0 ? 'agree' : `disagree in ${off} of ${compared.length} runs of cases`;
  const text = `${times}: ${drift}; the clocks ${share}${unknown}`;
  return off + missing === 0 ? text : { text, style: 'caution' };
}

function firstReason(runs: readonly CaseRun[]): string {
  const reasons = runs.flatMap(({ external }) => (external.available ? [] : [external.reason]));
  return reasons[0] ?? 'no case was run';
}

/** A mean over the cases, each with the weight of its span. */
function deviceLine(
  { device }: Pick<Report, 'device'>,
  runs: readonly CaseRun[],
): readonly (readonly [string, Painted])[] {
  if (!device.available || device.value.software) return [];
  const drifts = runs.flatMap(({ deviceClock }) => (deviceClock.available ? [deviceClock.value] : []));
  const spanNs = drifts.reduce((sum, one) => sum + one.spanNs, 0);
  if (spanNs === 0) return [['device clock', 'not compared: the device has no calibrated timestamps']];
  const mean = (of: (one: (typeof drifts)[0]) => number): number =>
    drifts.reduce((sum, one) => sum + of(one) * one.spanNs, 0) / spanNs;
  const half = mean(({ driftPpm }) => driftPpm.high - driftPpm.low) / 2;
  const text = driftText(
    mean(({ driftPpm }) => driftPpm.value),
    half,
  );
  return [['device clock', `${text} against the guest's, over ${formatNs(spanNs)} of sampling`]];
}

function driftText(ppm: number, boundPpm: number): string {
  return `drift ${ppm.toFixed(1)} ± ${boundPpm.toFixed(1)} ppm`;
}
