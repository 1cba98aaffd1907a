// Which conditions of the device a reader of a case must know about: a clock that cannot be true, rates that no
// device has, CPUs that a software device did not get, clocks and temperatures that limited a GPU.
import type { DeviceState } from '../device-state/device-state.ts';
import type { SampledRun } from './case-samples.ts';
import { counterWarnings } from './counter-warnings.ts';
import { missingDeviceTimes } from './device-timestamps.ts';
import { formatPercent } from './percent.ts';
import type { ReportWarning } from './report.ts';
import { type WarningId, warningOf } from './warnings.ts';
import { sharedCpus } from './worker-share.ts';

/** What these warnings depend on. */
export interface DeviceEvidence {
  readonly runs: readonly SampledRun[];
  /** Of dependent operations, one after the other, as `showsItemTime` says. */
  readonly isOneChain: boolean;
  /** Rates beyond any known ceiling, in words. */
  readonly impossible: readonly string[];
  /** What contradicts the timestamps of the device; null where nothing does. */
  readonly clockProblem: string | null;
}

/** Boost clocks move in steps of some 15 MHz, which is 1 %; five of them are another device. */
const NOTABLE_CLOCK_CHANGE = 0.05;

/** The warnings, the most fundamental first. */
export function deviceWarnings({
  runs,
  isOneChain,
  impossible,
  clockProblem,
}: DeviceEvidence): readonly ReportWarning[] {
  const shared = sharedCpus(runs, isOneChain);
  return [
    ...timestampWarning(clockProblem ?? missingDeviceTimes(runs)),
    ...impossible.map((problem) => warningOf('impossible-rate', problem)),
    ...(shared === null ? [] : [warningOf('workers-share-a-cpu', shared)]),
    ...throttledWarning(runs),
    ...clockWarning(runs, 'computeClockHz', 'compute'),
    ...clockWarning(runs, 'memoryClockHz', 'memory'),
    ...counterWarnings(runs),
  ];
}

function timestampWarning(problem: string | null): readonly ReportWarning[] {
  return problem === null ? [] : [warningOf('device-timestamps', problem)];
}

function throttledWarning(runs: readonly SampledRun[]): readonly ReportWarning[] {
  const reasonsOf = ({ deviceState }: SampledRun): readonly string[] =>
    deviceState.available
      ? [deviceState.value.before, deviceState.value.after].flatMap(({ throttleReasons }) =>
          throttleReasons.available ? throttleReasons.value : [],
        )
      : [];
  const throttled = runs.filter((run) => reasonsOf(run).length > 0);
  if (throttled.length === 0) return [];
  const reasons = [...new Set(throttled.flatMap(reasonsOf))].join(', ');
  return [warningOf('device-throttled', `in ${throttled.length} of ${runs.length} runs: ${reasons}`)];
}

/** The largest change of a clock within a run, or between the runs. */
function clockWarning(
  runs: readonly SampledRun[],
  field: 'computeClockHz' | 'memoryClockHz',
  name: string,
): readonly ReportWarning[] {
  const clocks = runs.flatMap(({ deviceState }) =>
    deviceState.available
      ? [deviceState.value.before, deviceState.value.after].flatMap((state: DeviceState) =>
          state[field].available ? [state[field].value] : [],
        )
      : [],
  );
  const [lowest, highest] = [Math.min(...clocks), Math.max(...clocks)];
  if (clocks.length < 2 || !(highest - lowest > NOTABLE_CLOCK_CHANGE * highest)) return [];
  const id: WarningId = 'device-clock-changed';
  const [from, to] = [lowest, highest].map((hertz) => `${Math.round(hertz / 1e6)}`);
  const change = formatPercent((highest - lowest) / highest);
  return [
    warningOf(id, `the ${name} clock was between ${from} and ${to} MHz around the samples (${change})`),
  ];
}
