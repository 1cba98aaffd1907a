// The real calls, into a library compiled here that implements what guestmark calls of NVML.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNvmlState } from '../../src/device-state/nvml-state.ts';
import { hasCompiler, libraryFolder } from '../fixtures/compiled-library.ts';

describe.skipIf(!hasCompiler('nvml-state'))('openNvmlState()', () => {
  const folder = libraryFolder('device-state/nvml.c');
  let library: string;
  beforeAll(() => {
    library = folder.build('libnvidia-ml.so.1');
  });
  afterAll(() => folder[Symbol.dispose]());

  it('reads clocks, temperature and what holds the device back, in units without prefix', () => {
    const opened = openNvmlState('0000:41:00.0', library);
    if (!opened.available) throw new Error(opened.reason);
    using reader = opened.value;
    const [first, second] = [reader.read(), reader.read()];
    expect(first).toEqual({
      computeClockHz: { available: true, value: 1.98e9 },
      memoryClockHz: { available: true, value: 2.619e9 },
      temperatureCelsius: { available: true, value: 61 },
      powerWatts: { available: false, reason: 'NVML: nvmlDeviceGetPowerUsage: Not Supported' },
      throttleReasons: { available: true, value: ['power limit (software)', 'temperature limit (hardware)'] },
      busyRatio: { available: true, value: 0.87 },
      costNs: expect.any(Number),
    });
    expect(second.computeClockHz).toEqual({ available: true, value: 1.965e9 });
    expect(second.costNs).toBeGreaterThan(0);
  });

  it('says which device is not there, and leaves the library closed', () => {
    expect(openNvmlState('0000:42:00.0', library)).toEqual({
      available: false,
      reason: 'NVML: no device at 0000:42:00.0: Not Found',
    });
    // The library counts how often it was opened, and answers only where that is once.
    const again = openNvmlState('0000:41:00.0', library);
    expect(again).toMatchObject({ available: true });
    if (again.available) again.value[Symbol.dispose]();
  });

  it('says why there is no library', () => {
    expect(openNvmlState('0000:41:00.0', join(folder.path, 'missing.so'))).toMatchObject({
      available: false,
      reason: expect.stringMatching(/^NVML: .*missing\.so/),
    });
  });

  it('says why a library is none of NVML', () => {
    const other = join(folder.path, 'other.so');
    execFileSync('cc', ['-shared', '-fPIC', '-xc', '-o', other, '-'], {
      input: 'int answer(void) { return 42; }',
    });
    expect(openNvmlState('0000:41:00.0', other)).toMatchObject({
      available: false,
      reason: expect.stringContaining('nvml'),
    });
  });
});
