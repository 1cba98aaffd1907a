// The state of an AMD GPU by the files of its driver: clocks from pp_dpm_sclk and pp_dpm_mclk, or from hwmon, which is newer;
// temperature and power from hwmon. See "AMDGPU Thermal Controls" in the documentation of Linux.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { DeviceState, DeviceStateReader } from './device-state.ts';
import { timedState } from './timed-state.ts';

/**
 * Opens the reader of a device.
 *
 * @param pciAddress `0000:03:00.0`.
 */
export function openSysfsState(pciAddress: string, files: SystemFiles): Available<DeviceStateReader> {
  const folder = `/sys/bus/pci/devices/${pciAddress}`;
  const names = files.list(folder);
  if (!names.available) return names;
  const hwmons = files.list(`${folder}/hwmon`);
  const hwmon =
    hwmons.available && hwmons.value[0] !== undefined ? `${folder}/hwmon/${hwmons.value[0]}` : null;
  if (hwmon === null && !names.value.includes('pp_dpm_sclk'))
    return unavailable(`${folder}: its driver offers neither hwmon nor pp_dpm_sclk`);
  return available({
    read: () => timedState(() => readState(files, folder, hwmon)),
    // Every reading opens and closes its files.
    [Symbol.dispose]: () => undefined,
  });
}

function readState(files: SystemFiles, folder: string, hwmon: string | null): Omit<DeviceState, 'costNs'> {
  const sensor = (name: string, divisor: number): Available<number> =>
    hwmon === null
      ? unavailable(`${folder}: its driver has no hwmon`)
      : numberIn(files, `${hwmon}/${name}`, divisor);
  return {
    computeClockHz: first(sensor('freq1_input', 1), chosenClock(files, `${folder}/pp_dpm_sclk`)),
    memoryClockHz: first(sensor('freq2_input', 1), chosenClock(files, `${folder}/pp_dpm_mclk`)),
    temperatureCelsius: sensor('temp1_input', 1e3),
    powerWatts: first(sensor('power1_average', 1e6), sensor('power1_input', 1e6)),
    throttleReasons: unavailable('the files of this driver do not say why it lowers its clocks'),
    busyRatio: numberIn(files, `${folder}/gpu_busy_percent`, 100),
  };
}

function first<T>(one: Available<T>, other: Available<T>): Available<T> {
  return one.available ? one : other;
}

function numberIn(files: SystemFiles, path: string, divisor: number): Available<number> {
  const text = files.read(path);
  if (!text.available) return text;
  const value = text.value.trim() === '' ? Number.NaN : Number(text.value);
  return Number.isFinite(value) ? available(value / divisor) : unavailable(`${path}: it holds no number`);
}

/** The line with an asterisk of a table such as `1: 1800Mhz *`. */
function chosenClock(files: SystemFiles, path: string): Available<number> {
  const text = files.read(path);
  if (!text.available) return text;
  const [, megahertz] = /^\s*\w+:\s*(\d+)\s*Mhz\s*\*/im.exec(text.value) ?? [];
  return megahertz === undefined
    ? unavailable(`${path}: no clock is marked as the one in use`)
    : available(Number(megahertz) * 1e6);
}
