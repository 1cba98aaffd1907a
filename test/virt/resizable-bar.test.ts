import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { certain, type Finding } from '../../src/virt/finding.ts';
import { judgeResizableBar } from '../../src/virt/resizable-bar.ts';
import { gpu } from './attachment-fixture.ts';

const FOLDER = '/sys/bus/pci/devices/0000:01:00.0';
const MIB = 2 ** 20;

/** The judgement on a GPU whose CPU sees so much of its memory, and whose BAR 1 has that size. */
function judged(heapBytes: number, sizes: string | null, barBytes = 256 * MIB): Finding<boolean> {
  return judgeResizableBar({
    names: sizes === null ? [] : ['resource1_resize'],
    bars: certain([{ index: 1, bytes: barBytes }], 'resource'),
    text: () => (sizes === null ? unavailable('ENOENT') : available(sizes)),
    folder: FOLDER,
    subject: gpu({
      memoryHeaps: [
        { index: 0, bytes: 24 * 2 ** 30, deviceLocal: true },
        { index: 1, bytes: heapBytes, deviceLocal: true },
      ],
      memoryTypes: [
        { heapIndex: 0, deviceLocal: true, hostVisible: false },
        { heapIndex: 1, deviceLocal: true, hostVisible: heapBytes > 0 },
      ],
    }),
  });
}

describe('judgeResizableBar()', () => {
  it('compares the size with the largest that the capability lists', () => {
    // Bits 8 to 14: 256 MiB to 16 GiB.
    expect(judged(0, '0000000000007f00', 2 ** 34)).toMatchObject({
      value: true,
      source: `${FOLDER}/resource1_resize: 16384 MiB of at most 16384 MiB`,
    });
    expect(judged(24 * 2 ** 30, '0000000000007f00')).toMatchObject({ value: false });
  });

  it('judges by Vulkan where the capability is hidden or tells nothing', () => {
    for (const sizes of [null, '0', 'garbage']) {
      expect(judged(24 * 2 ** 30, sizes, 32 * 2 ** 30)).toMatchObject({
        value: true,
        source: expect.stringMatching(/^Vulkan: .*24576 MiB$/),
      });
    }
    expect(judged(256 * MIB, null)).toMatchObject({ value: false });
    expect(judged(0, null)).toMatchObject({ value: false, source: expect.stringMatching(/none$/) });
  });

  it('believes no heap that is larger than the BARs', () => {
    expect(judged(24 * 2 ** 30, null, 8 * 2 ** 30)).toEqual({
      available: false,
      reason: "Vulkan shows the CPU 24576 MiB of the device's memory, which is more than the BARs hold",
    });
  });

  it('has nothing to say of a GPU that shares the memory of the CPU', () => {
    const text = (): ReturnType<typeof unavailable> => unavailable('ENOENT');
    const subject = gpu({ type: 'integrated-gpu' });
    const bars = certain([{ index: 0, bytes: MIB }], 'resource');
    expect(judgeResizableBar({ names: [], bars, text, folder: FOLDER, subject })).toEqual({
      available: false,
      reason: 'the GPU shares its memory with the CPU',
    });
  });
});
