// When an external clock contradicts the guest's, every time of the case is in doubt: this says so, with
// what is missing. Judged already where it was measured; this only tells.
import { formatNs } from '../base/units.ts';
import type { ExternalComparison } from '../external/bracket.ts';
import type { ClockVerdict } from '../external/drift.ts';
import type { CaseRun } from '../suite/case-run.ts';
import type { ReportWarning } from './report.ts';
import { warningOf } from './warnings.ts';

const WORDS: Readonly<Record<ClockVerdict, string>> = {
  agrees: 'jumped during an exchange',
  slow: 'ran slow or stopped',
  fast: 'ran fast or was set forward',
  stopped: 'stopped',
  jumped: 'jumped forward',
  unsteady: 'stopped and jumped',
};

/** One warning for all runs of a case, about the one that is off by most. */
export function clockWarnings(runs: readonly Pick<CaseRun, 'external'>[]): readonly ReportWarning[] {
  const compared = runs.flatMap(({ external }) => (external.available ? [external.value] : []));
  const off = compared.filter(({ verdict, steady }) => verdict !== 'agrees' || !steady);
  if (off.length === 0) return [];
  const worst = off.reduce((most, one) => (Math.abs(lostNs(one)) > Math.abs(lostNs(most)) ? one : most));
  const share = `in ${off.length} of ${compared.length} runs`;
  return [warningOf('clock-disagrees', `the guest's clock ${word(worst)} ${share}: ${missing(worst)}`)];
}

/** Where only one of this machine's clocks is off, it did not stop: a time daemon slews CLOCK_MONOTONIC alone. */
function word({ verdict, tolerancePpm, otherDriftPpm }: ExternalComparison): string {
  const isRate = verdict === 'slow' || verdict === 'fast';
  const isOther = Object.values(otherDriftPpm).some(
    ({ low, high }) => low <= tolerancePpm && high >= -tolerancePpm,
  );
  return isRate && isOther ? `was slewed and ran ${verdict}` : WORDS[verdict];
}

function lostNs({ externalWallNs, guestWallNs }: ExternalComparison): number {
  return externalWallNs - guestWallNs;
}

/** `50.1 ms ± 0.20 ms of 1.20 s are missing by the external clock, where oscillators explain 0.24 ms`. */
function missing(comparison: ExternalComparison): string {
  const { externalWallNs, boundNs, tolerancePpm } = comparison;
  const lost = lostNs(comparison);
  const what = `${formatNs(Math.abs(lost))} ± ${formatNs(boundNs)} of ${formatNs(externalWallNs)}`;
  const explained = formatNs((externalWallNs * tolerancePpm) / 1e6);
  return `${what} are ${lost < 0 ? 'too much' : 'missing'} by the external clock, where oscillators explain ${explained}`;
}
