import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { DeviceInfo, DeviceType } from '../../src/vulkan/device-info.ts';
import { selectDevice } from '../../src/vulkan/select-device.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';

const device = (
  index: number,
  name: string,
  type: DeviceType,
  more: Partial<DeviceInfo> = {},
): DeviceInfo => ({
  ...openSimulatedDevice().info,
  index,
  name,
  type,
  ...more,
});

const LAVAPIPE = device(0, 'llvmpipe (LLVM 15.0.6, 256 bits)', 'cpu');
const H200 = device(1, 'NVIDIA H200', 'discrete-gpu', {
  uuid: available('9c4f2b6e-0d5a-4c1e-8f00-6a1b2c3d4e5f'),
  pciAddress: available('0000:01:00.0'),
});
const ARC = device(2, 'Intel(R) Arc(tm) A770', 'integrated-gpu', { pciAddress: unavailable('none') });
const ALL = [LAVAPIPE, H200, ARC];

describe('selectDevice()', () => {
  it('takes the discrete GPU before the integrated one and both before the software device', () => {
    expect(selectDevice(ALL)).toBe(H200);
    expect(selectDevice([LAVAPIPE, ARC])).toBe(ARC);
  });

  it.each([
    ['2', ARC],
    ['nvidia', H200],
    ['llvm', LAVAPIPE],
    ['0000:01:00.0', H200],
    ['01:00.0', H200],
    ['770', ARC],
    ['200', H200],
    ['9C4F2B6E-0D5A-4C1E-8F00-6A1B2C3D4E5F', H200],
    ['9c4f2b6e0d5a4c1e8f006a1b2c3d4e5f', H200],
  ])('finds a device by "%s"', (wish, expected) => {
    expect(selectDevice(ALL, wish)).toBe(expected);
  });

  it('refuses a wish that nothing fits, and lists what there is', () => {
    expect(() => selectDevice(ALL, 'radeon')).toThrow(
      expect.objectContaining({ code: 'usage', hint: expect.stringContaining('1 NVIDIA H200') }),
    );
    expect(() => selectDevice(ALL, '9')).toThrow('no device matches');
    expect(() => selectDevice(ALL, '02:00.0')).toThrow('no device matches');
  });

  it('does not take a part of a number for a name', () => {
    expect(() => selectDevice(ALL, '77')).toThrow('no device matches');
  });

  it('takes a number for an index before it takes it for a name or a UUID', () => {
    const numbered = device(3, 'GPU 1', 'discrete-gpu', {
      uuid: available('00000000-0000-0000-0000-000000000042'),
    });
    expect(selectDevice([...ALL, numbered], '1')).toBe(H200);
    expect(selectDevice([...ALL, numbered], '00000000000000000000000000000042')).toBe(numbered);
  });

  it('refuses a wish that fits several', () => {
    expect(() => selectDevice(ALL, 'l')).toThrow('2 devices match');
  });

  it.each(['', ' '])('refuses an empty wish (%j), which would fit every name', (wish) => {
    expect(() => selectDevice(ALL, wish)).toThrow('no device matches');
  });

  it('refuses to pick from nothing', () => {
    expect(() => selectDevice([])).toThrow(expect.objectContaining({ code: 'environment' }));
  });
});
