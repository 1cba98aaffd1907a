// Which memory types are measured, on devices that this machine does not have.
import { describe, expect, it } from 'vitest';
import { heapFigure, mappableProblem, mappableTypes } from '../../../bench/parts/mappable-type.ts';
import type { MemoryTypeInfo } from '../../../src/vulkan/device-info.ts';

const type = (index: number, heapIndex: number, flags: string): MemoryTypeInfo => ({
  index,
  heapIndex,
  deviceLocal: flags.includes('d'),
  hostVisible: flags.includes('v'),
  hostCoherent: flags.includes('c'),
  hostCached: flags.includes('k'),
});

/** As NVIDIA lists them: device memory, system memory plain and cached, and a BAR window; and one twice. */
const memoryTypes = [
  type(0, 1, ''),
  type(1, 0, 'd'),
  type(2, 1, 'vc'),
  type(3, 1, 'vck'),
  type(4, 2, 'dvc'),
  type(5, 1, 'vc'),
];
const memoryHeaps = [{ index: 0, bytes: 2 ** 33, deviceLocal: true }];

describe('mappableTypes()', () => {
  it('are the host-visible ones, those of the device first, each kind once', () => {
    expect(mappableTypes({ memoryTypes }).map(({ index }) => index)).toEqual([4, 2, 3]);
  });
});

describe('mappableProblem()', () => {
  it('says what there is in place of a type that the device lacks', () => {
    expect(mappableProblem(2, { memoryTypes })).toBeNull();
    expect(mappableProblem(3, { memoryTypes })).toBe(
      'of the memory types that the CPU can map the device has 3 (0 is memory type 4 (device-local, host-visible, coherent); 1 is memory type 2 (host-visible, coherent); 2 is memory type 3 (host-visible, coherent, cached))',
    );
  });
});

describe('heapFigure()', () => {
  it('names the type, and the size behind it', () => {
    expect(heapFigure({ memoryHeaps }, type(7, 0, 'dv'))).toMatchObject({
      label: 'heap of memory type 7 (device-local, host-visible)',
      unit: 'B',
      estimate: { available: true, value: { value: 2 ** 33, low: 2 ** 33, high: 2 ** 33 } },
    });
  });

  it('is unknown where the device lists no such heap', () => {
    expect(heapFigure({ memoryHeaps }, type(4, 2, 'dvc')).estimate).toMatchObject({ available: false });
  });
});
