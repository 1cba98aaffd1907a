import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { openDeviceState, watchState } from '../../src/device-state/open-device-state.ts';
import { timedState } from '../../src/device-state/timed-state.ts';

const FILES = systemFiles('/nonexistent');
const device = { software: false, vendorId: 0x1002, pciAddress: available('0000:03:00.0') };
const none = unavailable('not told');
const STATE = {
  memoryClockHz: none,
  temperatureCelsius: none,
  powerWatts: none,
  throttleReasons: none,
  busyRatio: none,
};

describe('openDeviceState()', () => {
  it('reads AMD devices from files and NVIDIA devices by their library', () => {
    expect(openDeviceState(device, FILES)).toMatchObject({ reason: expect.stringContaining('/sys/bus/pci') });
    // A bus address that no machine has: whether there is a library or not, there is no such device.
    const elsewhere = { ...device, vendorId: 0x10de, pciAddress: available('ffff:ff:1f.7') };
    expect(openDeviceState(elsewhere, FILES)).toMatchObject({ reason: expect.stringContaining('NVML') });
  });

  it('says why others cannot be read', () => {
    expect(openDeviceState({ ...device, software: true }, FILES)).toMatchObject({
      reason: 'a software device has no clocks of its own',
    });
    expect(openDeviceState({ ...device, pciAddress: none }, FILES)).toBe(none);
    expect(openDeviceState({ ...device, vendorId: 0x8086 }, FILES)).toMatchObject({
      reason: expect.stringContaining('0x8086'),
    });
  });
});

describe('watchState()', () => {
  it('reads when it begins and when it ends', () => {
    let clock = 0;
    const reader = {
      read: () => timedState(() => ({ ...STATE, computeClockHz: available(++clock) })),
      [Symbol.dispose]: () => undefined,
    };
    const end = watchState(available(reader));
    expect(clock).toBe(1);
    expect(end()).toMatchObject({
      value: { before: { computeClockHz: { value: 1 } }, after: { computeClockHz: { value: 2 } } },
    });
  });

  it('passes on why nothing is read', () => {
    expect(watchState(none)()).toBe(none);
  });
});
