// Warnings that hold for every figure of a report: what it was measured on, and what was switched on.
// Those of single cases are in case-warnings.ts.

import type { DateChanges } from '../base/date-watch.ts';
import { formatNs } from '../base/units.ts';
import type { Report, ReportWarning } from './report.ts';
import { warningOf } from './warnings.ts';

/** Warnings about what the machine's clocks did while the report was made. */
export function dateWarnings({ setNs, suspendedNs }: DateChanges): readonly ReportWarning[] {
  const warnings: ReportWarning[] = [];
  if (setNs !== null) {
    const how = setNs < 0 ? 'back' : 'forward';
    const message = `the date of this machine was set ${how} by ${formatNs(Math.abs(setNs))} during the run`;
    warnings.push(warningOf('date-set', message));
  }
  if (suspendedNs !== null)
    warnings.push(warningOf('suspended', `the machine slept for ${formatNs(suspendedNs)} during the run`));
  return warnings;
}

/** The warnings of a whole report: what it was measured on, and under which conditions. */
export function reportWarnings({
  device,
  validation,
  command,
  clocks,
  resumed,
}: Pick<Report, 'device' | 'validation' | 'command' | 'clocks' | 'resumed'>): readonly ReportWarning[] {
  const warnings: ReportWarning[] = [];
  if (device.available && device.value.software) {
    warnings.push(
      warningOf(
        'software-device',
        `${device.value.name} is a software device: every "device time" is time of this machine's CPUs, and a bandwidth is that of the code which the driver generates, not of the memory`,
      ),
    );
  }
  if (validation.enabled) {
    warnings.push(
      warningOf('validation', 'the validation layer was on: submit, queue and wall times contain its cost'),
    );
  }
  if (command.stalls && clocks.available && !clocks.value.stallWatch.available) {
    const { reason } = clocks.value.stallWatch;
    warnings.push({ ...warningOf('stalls', `stalls were not watched for: ${reason}`), advice: null });
  }
  const last = resumed.at(-1);
  if (last !== undefined) {
    const times = resumed.length === 1 ? 'once' : `${resumed.length} times`;
    const message = `the report was interrupted and continued ${times}, last at ${last.startedAt}: ${last.foundCaseRuns} case runs were in it by then, and ${last.addedCaseRuns} were added`;
    warnings.push(warningOf('resumed', message));
  }
  return warnings;
}
