// NVML's real calls, into the library of test/fixtures/device-state compiled here.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDriverMode, readNvmlMode } from '../../src/virt/driver-mode.ts';
import { hasCompiler, libraryFolder } from '../fixtures/compiled-library.ts';
import { numbers, recordMachine } from './attachment-fixture.ts';

describe.skipIf(!hasCompiler('driver-mode'))('readNvmlMode()', () => {
  const folder = libraryFolder('device-state/nvml.c');
  let library: string;
  beforeAll(() => {
    library = folder.build('libnvidia-ml.so.1');
  });
  afterAll(() => folder[Symbol.dispose]());

  it('reads the mode of a whole device and of a share, and gives the library back', () => {
    // The library answers only where it was opened once.
    expect(readNvmlMode('0000:41:00.0', library)).toEqual({
      available: true,
      value: { library: 'NVML', mode: 1, mig: false },
    });
    expect(readNvmlMode('0000:43:00.0', library)).toEqual({
      available: true,
      value: { library: 'NVML', mode: 2, mig: true },
    });
  });

  it('says which device is not there', () => {
    expect(readNvmlMode('0000:42:00.0', library)).toEqual({
      available: false,
      reason: 'NVML: no device at 0000:42:00.0: Not Found',
    });
  });
});

describe('readDriverMode()', () => {
  const reasonOf = (address: string, functions: Parameters<typeof recordMachine>[0]['functions']): string => {
    using recorded = recordMachine({ functions: functions ?? {} });
    const mode = readDriverMode(address, recorded.machine.files);
    return mode.available ? '' : mode.reason;
  };

  it('gives one reason for everything that is not there', () => {
    const one = (pair: string, more: Readonly<Record<string, string>> = {}): string =>
      reasonOf('0000:7f:00.0', { '0000:7f:00.0': { ...numbers(pair), ...more } });
    expect(one('8086:0bd5')).toBe('no driver of vendor 0x8086 can be asked how it is virtualized');
    expect(one('10de:2330')).toMatch(/^NVML: /);
    expect(one('1002:740f')).toBe('/sys/bus/pci/devices/0000:7f:00.0/drm: ENOENT');
    expect(one('1002:740f', { 'drm/card0': '' })).toContain('it holds no render node');
    expect(one('1002:740f', { 'drm/renderD9999': '' })).toBe('/dev/dri/renderD9999: ENOENT');
    expect(reasonOf('0000:7f:00.0', {})).toBe('/sys/bus/pci/devices/0000:7f:00.0/vendor: ENOENT');
    expect(reasonOf('../../../etc', {})).toContain('is no address of a PCI function');
  });
});
