// The state of an NVIDIA GPU by NVML, which counts in MHz, °C and mW. What a driver does not tell is missing with NVML's own
// words. See "NVML API Reference Guide" (NVIDIA), device queries.
import { type Available, mapAvailable } from '../base/availability.ts';
import type { DeviceStateReader } from './device-state.ts';
import { openNvmlDevice } from './nvml-device.ts';
import { type NvmlLibrary, succeeded } from './nvml-library.ts';
import { timedState } from './timed-state.ts';

/** Of nvmlClockType_t. */
const CLOCK_SM = 1;
const CLOCK_MEMORY = 2;
/** Of nvmlTemperatureSensors_t. */
const SENSOR_GPU = 0;

/** Bits of nvmlClocksEventReasons that mean that the device is held back; idle and chosen clocks are none of them. */
const REASONS: readonly (readonly [bit: number, reason: string])[] = [
  [0x4, 'power limit (software)'],
  [0x8, 'slowdown (hardware)'],
  [0x10, 'clocks kept with those of other devices'],
  [0x20, 'temperature limit (software)'],
  [0x40, 'temperature limit (hardware)'],
  [0x80, 'power brake (hardware)'],
];

/**
 * Opens the reader of a device.
 *
 * @param pciAddress `0000:01:00.0`.
 * @param library The library's file; the driver's own by default.
 */
export function openNvmlState(pciAddress: string, library?: string): Available<DeviceStateReader> {
  return mapAvailable(openNvmlDevice(pciAddress, library), (device) => ({
    read: () => timedState(() => readState(device.nvml, device.handle)),
    [Symbol.dispose]: () => device[Symbol.dispose](),
  }));
}

function readState(nvml: NvmlLibrary, handle: unknown): ReturnType<Parameters<typeof timedState>[0]> {
  const number = (what: string, read: (into: [number]) => number): Available<number> => {
    const into: [number] = [0];
    return mapAvailable(succeeded(nvml, what, read(into)), () => into[0]);
  };
  const clock = (what: string, type: number): Available<number> =>
    mapAvailable(
      number(what, (into) => nvml.clockInfo(handle, type, into)),
      (megahertz) => megahertz * 1e6,
    );
  const reasons = number('nvmlDeviceGetCurrentClocksEventReasons', (into) =>
    nvml.clocksEventReasons(handle, into),
  );
  const rates: [{ gpu: number; memory: number }] = [{ gpu: 0, memory: 0 }];
  return {
    computeClockHz: clock('SM clock', CLOCK_SM),
    memoryClockHz: clock('memory clock', CLOCK_MEMORY),
    temperatureCelsius: number('nvmlDeviceGetTemperature', (into) =>
      nvml.temperature(handle, SENSOR_GPU, into),
    ),
    powerWatts: mapAvailable(
      number('nvmlDeviceGetPowerUsage', (into) => nvml.powerUsage(handle, into)),
      (milliwatts) => milliwatts / 1e3,
    ),
    throttleReasons: mapAvailable(reasons, (bits) =>
      REASONS.filter(([bit]) => (bits & bit) !== 0).map(([, reason]) => reason),
    ),
    busyRatio: mapAvailable(
      succeeded(nvml, 'nvmlDeviceGetUtilizationRates', nvml.utilizationRates(handle, rates)),
      () => rates[0].gpu / 100,
    ),
  };
}
