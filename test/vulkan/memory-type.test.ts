import { describe, expect, it } from 'vitest';
import type { MemoryHeapInfo, MemoryTypeInfo } from '../../src/vulkan/device-info.ts';
import { rankMemoryTypes } from '../../src/vulkan/memory-type.ts';

const type = (index: number, heapIndex: number, flags: string): MemoryTypeInfo => ({
  index,
  heapIndex,
  deviceLocal: flags.includes('d'),
  hostVisible: flags.includes('v'),
  hostCoherent: flags.includes('c'),
  hostCached: flags.includes('k'),
});
const heap = (index: number, bytes: number, deviceLocal: boolean): MemoryHeapInfo => ({
  index,
  bytes,
  deviceLocal,
});
const GIB = 2 ** 30;
const BAR_WINDOW_BYTES = GIB / 4;

/** As NVIDIA lists them: device memory, system memory plain and cached, and a BAR window. */
function discrete(barBytes: number): { types: MemoryTypeInfo[]; heaps: MemoryHeapInfo[]; typeBits: number } {
  return {
    heaps: [heap(0, 80 * GIB, true), heap(1, 64 * GIB, false), heap(2, barBytes, true)],
    types: [type(0, 1, ''), type(1, 0, 'd'), type(2, 1, 'vc'), type(3, 1, 'vck'), type(4, 2, 'dvc')],
    typeBits: 0b11111,
  };
}

const ranked = (...parameters: Parameters<typeof rankMemoryTypes>): number[] =>
  rankMemoryTypes(...parameters).map(({ index }) => index);

describe('rankMemoryTypes()', () => {
  // A heap that can be mapped may be larger than the classic window and still be far smaller than the memory.
  it.each([BAR_WINDOW_BYTES, GIB / 2, 16 * GIB])(
    'stages device buffers where %s bytes of larger device memory can be mapped, and uses those last',
    (barBytes) => {
      expect(ranked('device', discrete(barBytes))).toEqual([1, 4]);
    },
  );

  it('maps device buffers directly where all device memory can be mapped', () => {
    expect(ranked('device', discrete(80 * GIB))).toEqual([4, 1]);
    const resizable = { ...discrete(GIB / 4), types: [type(0, 0, 'd'), type(1, 0, 'dv'), type(2, 0, 'dvc')] };
    expect(ranked('device', resizable)).toEqual([2, 1, 0]);
  });

  it('maps device buffers directly where the one device heap is small and shared with the CPU', () => {
    const unified = { heaps: [heap(0, GIB / 8, true), heap(1, GIB, false)], typeBits: 0b11 };
    expect(ranked('device', { ...unified, types: [type(0, 0, 'd'), type(1, 0, 'dvc')] })).toEqual([1, 0]);
  });

  it('places device buffers in the larger of two heaps that it cannot map', () => {
    const heaps = [heap(0, GIB, true), heap(1, 2 * GIB, true)];
    const types = [type(0, 0, 'd'), type(1, 1, 'd')];
    expect(ranked('device', { heaps, types, typeBits: 0b11 })).toEqual([1, 0]);
  });

  it('uploads through plain coherent memory first', () => {
    expect(ranked('upload', discrete(BAR_WINDOW_BYTES))).toEqual([2, 3, 4]);
  });

  it('downloads through cached memory first', () => {
    expect(ranked('download', discrete(BAR_WINDOW_BYTES))).toEqual([3, 2, 4]);
  });

  it('uses the one type that a software device has for everything', () => {
    const only = { heaps: [heap(0, 2 * GIB, true)], types: [type(0, 0, 'dvck')], typeBits: 1 };
    const uses = ['device', 'upload', 'download'] as const;
    expect(uses.map((use) => ranked(use, only))).toEqual([[0], [0], [0]]);
  });

  it('keeps to the types that the resource allows', () => {
    expect(ranked('upload', { ...discrete(80 * GIB), typeBits: 0b01000 })).toEqual([3]);
  });

  it.each([
    ['download', 0b00010],
    ['device', 0b00001],
  ] as const)('refuses where no allowed type serves %s', (use, typeBits) => {
    expect(() => rankMemoryTypes(use, { ...discrete(GIB), typeBits })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});
