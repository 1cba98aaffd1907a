// What a report says of the GPU that may explain that it is slow: its clock, what held it back, errors of its memory, its link. A
// link slows down when it idles, so that the readings around samples count, the fastest of them.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { Report } from '../report/report.ts';
import type { FleetNodeState } from './fleet-report.ts';

/** The state of the GPU. */
export type DeviceSigns = Pick<
  FleetNodeState,
  'computeClockHz' | 'throttleReasons' | 'eccErrors' | 'linkWidth' | 'linkGtps'
>;

/** Reads it from the states and the counters of all runs. */
export function deviceSigns(report: Report): DeviceSigns {
  const { clocksHz, reasons, why } = deviceStates(report);
  const gauge = (name: string): Available<number> => largest(report, name);
  const speed = gauge('pcie:speed');
  return {
    computeClockHz: finite(mean(clocksHz), why),
    throttleReasons: [...reasons],
    eccErrors: eccErrors(report),
    linkWidth: otherwise(gauge('pcie:width'), linkOf(report, 'currentLinkWidth')),
    linkGtps: speed.available ? available(speed.value / 1e9) : linkOf(report, 'currentLinkSpeedGTs'),
  };
}

interface States {
  readonly clocksHz: readonly number[];
  readonly reasons: ReadonlySet<string>;
  /** Why there is no clock. */
  readonly why: string;
}

function deviceStates({ results }: Report): States {
  const clocksHz: number[] = [];
  const reasons = new Set<string>();
  let why = 'no case was measured';
  for (const { deviceState } of results.flatMap(({ runs }) => runs)) {
    if (!deviceState.available) {
      why = deviceState.reason;
      continue;
    }
    for (const { computeClockHz, throttleReasons } of [deviceState.value.before, deviceState.value.after]) {
      if (computeClockHz.available) clocksHz.push(computeClockHz.value);
      else why = computeClockHz.reason;
      if (throttleReasons.available) for (const reason of throttleReasons.value) reasons.add(reason);
    }
  }
  return { clocksHz, reasons, why };
}

const GPU_GROUPS = /^gpu-/;

/** The full name of a counter of the device: `gpu-nvml:0000:01:00.0:pcie:width`; null where no group has it. */
function counterOf({ counters, device }: Report, name: string): string | null {
  const address =
    device.available && device.value.pciAddress.available ? device.value.pciAddress.value : null;
  if (address === null) return null;
  for (const { id, counters: described } of counters) {
    if (!GPU_GROUPS.test(id) || !described.available) continue;
    const wanted = `${id}:${address}:${name}`;
    if (described.value.some((one) => one.name === wanted)) return wanted;
  }
  return null;
}

/** What a counter was told to have changed by, or a gauge to stand at, in every run. */
function changesOf({ results }: Report, counter: string): readonly number[] {
  return results.flatMap(({ runs }) =>
    runs.flatMap(({ counters }) => {
      const found = counters.available
        ? counters.value.changes.find(({ name }) => name === counter)
        : undefined;
      return found?.change.available === true ? [found.change.value] : [];
    }),
  );
}

function largest(report: Report, name: string): Available<number> {
  const counter = counterOf(report, name);
  const values = counter === null ? [] : changesOf(report, counter);
  return values.length === 0
    ? unavailable(`no counter tells ${name}`)
    : available(values.reduce((most, value) => Math.max(most, value)));
}

/** A count that did not move is left out of a run: where the counter is known, that is 0. */
function eccErrors(report: Report): Available<number> {
  const counter = counterOf(report, 'ecc:uncorrected');
  return counter === null
    ? unavailable('no counter tells errors that ECC could not correct')
    : finite(
        changesOf(report, counter).reduce((sum, value) => sum + value, 0),
        'its counter shows more errors than there are numbers',
      );
}

function linkOf({ attachment }: Report, fact: 'currentLinkWidth' | 'currentLinkSpeedGTs'): Available<number> {
  if (!attachment.available) return unavailable(attachment.reason);
  const { pci } = attachment.value;
  if (!pci.available) return unavailable(pci.reason);
  const found = pci.value[fact];
  return found.available ? available(found.value) : unavailable(found.reason);
}

function otherwise<T>(one: Available<T>, other: Available<T>): Available<T> {
  return one.available ? one : other;
}

/** Reports are anybody's: the mean of none, and of numbers that are too large, is no number. */
function finite(value: number, reason: string): Available<number> {
  return Number.isFinite(value) ? available(value) : unavailable(reason);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
