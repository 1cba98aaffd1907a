import { describe, expect, it } from 'vitest';
import type { MemoryHeapInfo, MemoryTypeInfo } from '../../src/vulkan/device-info.ts';
import { BAR_WINDOW_BYTES, pickMemoryType } from '../../src/vulkan/memory-type.ts';

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

/** As NVIDIA lists them: device memory, system memory plain and cached, and a BAR window. */
function discrete(barBytes: number): { types: MemoryTypeInfo[]; heaps: MemoryHeapInfo[]; typeBits: number } {
  return {
    heaps: [heap(0, 80 * GIB, true), heap(1, 64 * GIB, false), heap(2, barBytes, true)],
    types: [type(0, 1, ''), type(1, 0, 'd'), type(2, 1, 'vc'), type(3, 1, 'vck'), type(4, 2, 'dvc')],
    typeBits: 0b11111,
  };
}

describe('pickMemoryType()', () => {
  it('stages device buffers where only the BAR window could be mapped', () => {
    expect(pickMemoryType('device', discrete(BAR_WINDOW_BYTES)).index).toBe(1);
  });

  it('maps device buffers directly where the mappable device heap is large', () => {
    expect(pickMemoryType('device', discrete(80 * GIB)).index).toBe(4);
  });

  it('uploads through plain coherent memory', () => {
    expect(pickMemoryType('upload', discrete(BAR_WINDOW_BYTES)).index).toBe(2);
  });

  it('downloads through cached memory', () => {
    expect(pickMemoryType('download', discrete(BAR_WINDOW_BYTES)).index).toBe(3);
  });

  it('uses the one type that a software device has for everything', () => {
    const only = { heaps: [heap(0, 2 * GIB, true)], types: [type(0, 0, 'dvck')], typeBits: 1 };
    expect(
      ['device', 'upload', 'download'].map((use) => pickMemoryType(use as 'device', only).index),
    ).toEqual([0, 0, 0]);
  });

  it('keeps to the types that the resource allows', () => {
    expect(pickMemoryType('upload', { ...discrete(80 * GIB), typeBits: 0b01000 }).index).toBe(3);
  });

  it('refuses where no allowed type can be mapped', () => {
    expect(() => pickMemoryType('download', { ...discrete(GIB), typeBits: 0b00010 })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});
