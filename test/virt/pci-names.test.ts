import { expect, test } from 'vitest';
import { gpuName, VIRTUAL_ADAPTERS, virtualAdapter } from '../../src/virt/pci-names.ts';

test("a virtual adapter has its own name, a maker the maker's, and others their numbers", () => {
  expect(gpuName({ vendorId: 0x1af4, deviceId: 0x1050 })).toBe('Red Hat virtio-gpu');
  expect(gpuName({ vendorId: 0x10de, deviceId: 0x20b5 })).toBe('NVIDIA');
  expect(gpuName({ vendorId: 0xfb5d, deviceId: 1 })).toBe('bhyve');
  expect(gpuName({ vendorId: 0xabc, deviceId: 0x1 })).toBe('0abc:0001');
});

test('every virtual adapter is found by its numbers', () => {
  for (const [id, adapter] of Object.entries(VIRTUAL_ADAPTERS)) {
    const [vendorId, deviceId] = id.split(':').map((digits) => Number.parseInt(digits, 16)) as [
      number,
      number,
    ];
    expect(virtualAdapter({ vendorId, deviceId })).toBe(adapter);
  }
  expect(virtualAdapter({ vendorId: 0x10de, deviceId: 0x20b5 })).toBeUndefined();
});
