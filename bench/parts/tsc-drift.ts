// The device's clock against the time stamp counter, which has no unit of its own: its frequency is measured, and where
// nobody states it, only a change of the rate can be told. Pure.
import type { FigureEstimate, OperationFigure } from 'guestmark';
import {
  type Available,
  type CalibrationPoint,
  type ClockDrift,
  type DeviceCounter,
  type GpuClockDrift,
  gpuClockDrift,
  type Tsc,
} from 'guestmark/timing';

type Estimate = Available<FigureEstimate>;

/** The drift of a device's clock as the estimate of a figure. */
export function rateOf(drift: Available<GpuClockDrift>): Estimate {
  return drift.available ? { available: true, value: drift.value.driftPpm } : drift;
}

/** The drift of a clock between the ends of a span as the estimate of a figure. */
export function boundedRate(drift: Available<ClockDrift>): Estimate {
  if (!drift.available) return drift;
  const { ppm, boundPpm } = drift.value;
  return { available: true, value: { value: ppm, low: ppm - boundPpm, high: ppm + boundPpm } };
}

/** The device's clock beside CLOCK_MONOTONIC_RAW (ns) and beside the TSC (cycles). */
interface BesideDevice {
  readonly raw: readonly CalibrationPoint[];
  readonly tsc: readonly CalibrationPoint[];
}

/** Drift against the TSC, its change over the span, and the frequency of the TSC. */
export function tscFigures(
  tsc: Available<Tsc>,
  counter: DeviceCounter,
  beside: BesideDevice,
): readonly OperationFigure[] {
  const measured = tsc.available ? frequencyOf(beside, counter) : tsc;
  const statedHz = tsc.available ? tsc.value.statedHz : tsc;
  const points = (hz: number): readonly CalibrationPoint[] =>
    beside.tsc.map(({ deviceTicks, cpuNs, maxDeviationNs }) => ({
      deviceTicks,
      cpuNs: (cpuNs / hz) * 1e9,
      maxDeviationNs: (maxDeviationNs / hz) * 1e9,
    }));
  return [
    {
      id: 'driftTsc',
      label: 'device clock against the TSC',
      unit: 'ppm',
      estimate: statedHz.available
        ? rateOf(gpuClockDrift(points(statedHz.value), counter))
        : { available: false, reason: `only a change of the rate can be told: ${statedHz.reason}` },
      method: 'the device clock between two readings of the TSC, by the frequency that CPUID states',
    },
    {
      id: 'driftTscChange',
      label: 'change of the rate against the TSC, first to second half',
      unit: 'ppm',
      estimate: measured.available ? changeOf(points(measured.value.value), counter) : measured,
      method: 'the device clock between two readings of the TSC, the rate of each half of the span by itself',
    },
    {
      id: 'tscFrequency',
      label: 'frequency of the TSC',
      unit: '1/s',
      estimate: measured,
      method: 'the rate against the device clock over that of CLOCK_MONOTONIC_RAW',
    },
  ];
}

/** Cycles per second of CLOCK_MONOTONIC_RAW: the device's clock, beside both, cancels. */
function frequencyOf({ raw, tsc }: BesideDevice, counter: DeviceCounter): Estimate {
  const perRaw = gpuClockDrift(raw, counter);
  const first = tsc[0];
  const last = tsc.at(-1);
  if (!perRaw.available) return perRaw;
  if (first === undefined || last === undefined || !(last.cpuNs > first.cpuNs))
    return { available: false, reason: 'the TSC was read at fewer than two instants' };
  const deviceNs = Number(last.deviceTicks - first.deviceTicks) * counter.periodNs;
  if (!(deviceNs > 0)) return { available: false, reason: 'the device counter wrapped within the span' };
  const cycles = last.cpuNs - first.cpuNs;
  const errorOfCycles = (first.maxDeviationNs + last.maxDeviationNs) / cycles;
  const errorOfDevice = (2 * counter.periodNs) / deviceNs;
  const hz = (ppm: number, error: number): number =>
    (cycles / deviceNs) * (1 + ppm / 1e6) * (1 + error) * 1e9;
  const { value, low, high } = perRaw.value.driftPpm;
  const error = errorOfCycles + errorOfDevice;
  return { available: true, value: { value: hz(value, 0), low: hz(low, -error), high: hz(high, error) } };
}

function changeOf(points: readonly CalibrationPoint[], counter: DeviceCounter): Estimate {
  const middle = Math.floor(points.length / 2);
  const before = gpuClockDrift(points.slice(0, middle + 1), counter);
  const after = gpuClockDrift(points.slice(middle), counter);
  if (!before.available) return before;
  if (!after.available) return after;
  const [a, b] = [before.value.driftPpm, after.value.driftPpm];
  return {
    available: true,
    value: { value: b.value - a.value, low: b.low - a.high, high: b.high - a.low },
  };
}
