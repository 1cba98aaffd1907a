// Curves beside the slices: what was taken from the samples so far, by the ledger, and what the device said of itself around
// them. A sample that does not know its share adds nothing; a curve that no sample knows is not there.
import type { Available } from '../base/availability.ts';
import type { DeviceState } from '../device-state/device-state.ts';
import type { SampledRun } from '../report/case-samples.ts';
import { type CounterEvent, microseconds } from './trace-events.ts';
import type { PlacedSample } from './trace-placement.ts';

type Column = 'stealLowNs' | 'stealHighNs' | 'runQueueNs' | 'cpuNs';

const SUMS: readonly (readonly [name: string, column: Column])[] = [
  ['stolen so far, at least', 'stealLowNs'],
  ['stolen so far, at most', 'stealHighNs'],
  ['run-queue wait so far', 'runQueueNs'],
  ['CPU time so far', 'cpuNs'],
];

/** The sums of one run. */
export class LedgerSums {
  readonly #pid: number;
  readonly #sumsNs = new Map<Column, number>();
  #latestNs = 0;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** The sums at the end of a sample, those that it changes only; before the first one they are 0. */
  *add({ run, index, startNs, endNs }: PlacedSample): Iterable<CounterEvent> {
    // Of samples that overlap the sum of all is told last.
    this.#latestNs = Math.max(this.#latestNs, endNs);
    for (const [name, column] of SUMS) {
      const valueNs = run.samples[column][index] ?? null;
      if (valueNs === null) continue;
      const knownNs = this.#sumsNs.get(column);
      if (knownNs === undefined) yield this.#event(name, startNs, 0);
      const sumNs = (knownNs ?? 0) + valueNs;
      this.#sumsNs.set(column, sumNs);
      yield this.#event(name, this.#latestNs, sumNs);
    }
  }

  #event(name: string, atNs: number, ns: number): CounterEvent {
    return { ph: 'C', name, pid: this.#pid, ts: microseconds(atNs), args: { ns } };
  }
}

const STATES: readonly (readonly [
  name: string,
  unit: string,
  key: 'computeClockHz' | 'memoryClockHz' | 'temperatureCelsius' | 'powerWatts',
])[] = [
  ['compute clock', 'Hz', 'computeClockHz'],
  ['memory clock', 'Hz', 'memoryClockHz'],
  ['temperature', '°C', 'temperatureCelsius'],
  ['power', 'W', 'powerWatts'],
];

/** What the device said before the first sample of a case and after the last. */
export function* deviceCounters(
  { deviceState }: Pick<SampledRun, 'deviceState'>,
  pid: number,
  span: { readonly startNs: number; readonly endNs: number },
): Iterable<CounterEvent> {
  if (!deviceState.available) return;
  const readings: readonly (readonly [DeviceState, number])[] = [
    [deviceState.value.before, span.startNs],
    [deviceState.value.after, span.endNs],
  ];
  for (const [state, atNs] of readings) {
    for (const [name, unit, key] of STATES) {
      const value: Available<number> = state[key];
      if (value.available)
        yield { ph: 'C', name, pid, ts: microseconds(atNs), args: { [unit]: value.value } };
    }
  }
}
