// The real calls, into a library compiled here that implements what guestmark calls of NVML.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Available } from '../../src/base/availability.ts';
import type { CounterSource } from '../../src/counters/counter.ts';
import { counterChanges } from '../../src/counters/counter-change.ts';
import { openGpuNvml } from '../../src/counters/gpu-nvml.ts';
import { openGpuNvmlThroughput } from '../../src/counters/gpu-nvml-throughput.ts';
import { hasCompiler, libraryFolder } from '../fixtures/compiled-library.ts';
import { contextOf, deviceOf } from './machines.ts';

const NVIDIA = 0x10de;
const GPU = '0000:41:00.0';
const OTHER = '0000:42:00.0';
const context = contextOf({ devices: [deviceOf(NVIDIA, GPU)] });

function opened(source: Available<CounterSource>): CounterSource {
  if (!source.available) throw new Error(source.reason);
  return source.value;
}

/** Values by the names of counters without group and address, reasons as they are. */
function told(source: CounterSource, address = GPU): Record<string, number | string> {
  return Object.fromEntries(
    [...source.read()]
      .filter(([name]) => name.includes(address))
      .map(([name, read]) => [name.split(`${address}:`)[1], read.available ? read.value : read.reason]),
  );
}

describe.skipIf(!hasCompiler('gpu-nvml'))('with a library', () => {
  const folder = libraryFolder('device-state/nvml.c');
  let library = '';
  beforeAll(() => {
    library = folder.build('libnvidia-ml.so.1');
  });
  afterAll(() => folder[Symbol.dispose]());

  it('gives every value in its unit, or the words of NVML', () => {
    using source = opened(openGpuNvml(context, library));
    expect(source.slow).toBe(false);
    expect(told(source)).toEqual({
      'pcie:replays': 2 ** 32 - 2,
      'nvlink:tx': 5 * 2 ** 32 * 1024,
      'nvlink:rx': 'NVML: NVML_FI_DEV_NVLINK_THROUGHPUT_DATA_RX: Not Supported',
      energy: 123_456_789_012.345,
      'ecc:corrected': 2 ** 60,
      'ecc:uncorrected': 'NVML: nvmlDeviceGetTotalEccErrors (uncorrected, aggregate): Not Supported',
      'pcie:speed': 16e9,
      'pcie:maximum-speed':
        'NVML: nvmlDeviceGetMaxPcieLinkGeneration: no generation of PCI Express has the number 99',
      'pcie:width': 16,
      'pcie:maximum-width': 'NVML: nvmlDeviceGetMaxPcieLinkWidth: Function Not Found',
      'sm-clock': 1.98e9,
      'memory-clock': 2.619e9,
      temperature: 61,
      power: 'NVML: nvmlDeviceGetPowerUsage: Not Supported',
      'throttle-reasons': 0x45,
    });
  });

  it('describes each counter once, with unit, words and the function that it comes from', () => {
    using source = opened(openGpuNvml(context, library));
    expect([...source.read().keys()]).toEqual(source.counters.map(({ name }) => name));
    expect(source.counters.find(({ name }) => name.endsWith('nvlink:tx'))).toEqual({
      name: `gpu-nvml:${GPU}:nvlink:tx`,
      unit: 'B',
      kind: 'count',
      description: 'Data that was sent over all NVLinks, without what the protocol adds',
      source: 'NVML: nvmlDeviceGetFieldValues (NVML_FI_DEV_NVLINK_THROUGHPUT_DATA_TX, all links)',
      step: 1024,
      wrapBits: null,
      scale: 1024,
    });
  });

  it('counts on where the 32 bits of the replays end', () => {
    // A copy of the library has a counter of its own, which stands two before its end.
    using source = opened(openGpuNvml(context, folder.build('libnvidia-ml-copy.so.1')));
    const replays = source.counters.filter(({ name }) => name.endsWith('replays'));
    const [change] = counterChanges(replays, source.read(), source.read());
    expect(change).toMatchObject({ change: { available: true, value: 3 }, flags: ['wrapped'] });
  });

  it('lists a device that NVML does not know beside one that it knows, with the reason', () => {
    const both = contextOf({
      devices: [deviceOf(NVIDIA, OTHER), deviceOf(NVIDIA, GPU), deviceOf(NVIDIA, GPU)],
    });
    using source = opened(openGpuNvml(both, library));
    expect(source.counters).toHaveLength(30);
    expect(new Set(Object.values(told(source, OTHER)))).toEqual(
      new Set([`NVML: no device at ${OTHER}: Not Found`]),
    );
    expect(told(source)).toMatchObject({ temperature: 61 });
  });

  it('says why there is no device, and leaves the library closed', () => {
    const unknown = contextOf({ devices: [deviceOf(NVIDIA, OTHER)] });
    const refused = { available: false, reason: `NVML: no device at ${OTHER}: Not Found` };
    expect(openGpuNvml(unknown, library)).toEqual(refused);
    // The library counts how often it was opened, and answers only where that is once.
    opened(openGpuNvml(context, library))[Symbol.dispose]();
  });

  it('is asked nothing any more once it is closed', () => {
    const source = opened(openGpuNvml(context, library));
    source[Symbol.dispose]();
    source[Symbol.dispose]();
    expect(told(source).temperature).toBe('its source was closed');
    opened(openGpuNvml(context, library))[Symbol.dispose]();
  });

  it('gives what moves over PCIe in a slow group of its own', () => {
    using source = opened(openGpuNvmlThroughput(context, library));
    expect(source.slow).toBe(true);
    expect(told(source)).toEqual({
      'pcie:tx': 12_345_678_000,
      'pcie:rx': 'NVML: nvmlDeviceGetPcieThroughput: Not Supported',
    });
  });
});

describe('openGpuNvml()', () => {
  it('says why nobody is asked', () => {
    const none = 'none of the GPUs is one of NVIDIA';
    expect(openGpuNvml(contextOf({}))).toMatchObject({ reason: 'there is no GPU to ask about' });
    expect(openGpuNvml(contextOf({ devices: [deviceOf(0x1002, GPU)] }))).toMatchObject({ reason: none });
    expect(openGpuNvml(contextOf({ devices: [deviceOf(NVIDIA, null)] }))).toMatchObject({
      reason: 'the PCI address of the NVIDIA device is not known',
    });
    expect(openGpuNvml(contextOf({ devices: [deviceOf(NVIDIA, GPU)], live: false }))).toMatchObject({
      reason: 'NVML answers for this machine only, not for a recorded one',
    });
    expect(openGpuNvml(context, '/nowhere/libnvidia-ml.so.1')).toMatchObject({
      reason: expect.stringMatching(/^NVML: .*nowhere/),
    });
  });
});
