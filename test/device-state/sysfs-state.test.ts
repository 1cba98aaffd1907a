import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import type { DeviceState } from '../../src/device-state/device-state.ts';
import { openSysfsState } from '../../src/device-state/sysfs-state.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

const ADDRESS = '0000:03:00.0';

/** What is read of a device with these files in its folder. */
function stateOf(files: Readonly<Record<string, string>>): DeviceState {
  using folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder.path, 'sys/bus/pci/devices', ADDRESS, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const opened = openSysfsState(ADDRESS, systemFiles(folder.path));
  if (!opened.available) throw new Error(opened.reason);
  using reader = opened.value;
  return reader.read();
}

const HWMON = {
  'hwmon/hwmon3/temp1_input': '64000\n',
  'hwmon/hwmon3/power1_average': '212000000\n',
  'hwmon/hwmon3/freq1_input': '2304000000\n',
  'hwmon/hwmon3/freq2_input': '1000000000\n',
  gpu_busy_percent: '99\n',
};

describe('openSysfsState()', () => {
  it('reads the sensors of hwmon', () => {
    expect(stateOf(HWMON)).toMatchObject({
      computeClockHz: { value: 2.304e9 },
      memoryClockHz: { value: 1e9 },
      temperatureCelsius: { value: 64 },
      powerWatts: { value: 212 },
      throttleReasons: { available: false },
      busyRatio: { value: 0.99 },
    });
  });

  it('reads the marked line of the tables of clocks where hwmon has none', () => {
    const tables = {
      pp_dpm_sclk: '0: 500Mhz\n1: 1700Mhz *\n2: 2500Mhz\n',
      pp_dpm_mclk: '0: 96Mhz\n1: 456Mhz\n',
      'hwmon/hwmon0/power1_input': '31000000\n',
    };
    expect(stateOf(tables)).toMatchObject({
      computeClockHz: { value: 1.7e9 },
      memoryClockHz: { available: false, reason: expect.stringContaining('no clock is marked') },
      powerWatts: { value: 31 },
      temperatureCelsius: { available: false, reason: expect.stringContaining('temp1_input: ENOENT') },
    });
  });

  it('takes no text for a number', () => {
    expect(stateOf({ ...HWMON, gpu_busy_percent: '\n' }).busyRatio).toMatchObject({
      reason: expect.stringContaining('it holds no number'),
    });
  });

  it('says why nothing can be read of a device', () => {
    using folder = temporaryFolder();
    expect(openSysfsState(ADDRESS, systemFiles(folder.path))).toMatchObject({
      reason: `/sys/bus/pci/devices/${ADDRESS}: ENOENT`,
    });
    const device = join(folder.path, 'sys/bus/pci/devices', ADDRESS);
    mkdirSync(device, { recursive: true });
    expect(openSysfsState(ADDRESS, systemFiles(folder.path))).toMatchObject({
      reason: expect.stringContaining('neither hwmon nor pp_dpm_sclk'),
    });
  });
});
