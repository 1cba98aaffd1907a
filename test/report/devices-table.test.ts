import { describe, expect, it } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { devicesTable } from '../../src/report/devices-table.ts';
import { displayWidth } from '../../src/report/display-width.ts';
import type { CooperativeMatrixInfo } from '../../src/vulkan/device-info.ts';
import { passedThrough, softwareAttachment } from './sample-attachment.ts';
import { deviceInfo, softwareDevice } from './sample-device.ts';

const DEVICES = [
  { device: deviceInfo(), attachment: passedThrough() },
  { device: { ...softwareDevice(), index: 1 }, attachment: softwareAttachment() },
];

describe('devicesTable()', () => {
  it('shows each device with its queue families, and what is no GPU', () => {
    expect(devicesTable(DEVICES, { width: 100, color: false })).toMatchInlineSnapshot(`
      "#  device
      0  Example GPU 9000 (discrete-gpu), 80.0 GiB of device-local memory, Vulkan 1.3.277, driver EXAMPLE
         550.54.15, at 0000:01:00.0
         attached: passthrough, a whole device given to this guest (NVML, nvmlDeviceGetVirtualizationMode:
         mode 1, passthrough)
         PCI Express link 16 GT/s × 16, at most 32 GT/s × 16
         BARs of 16.0 MiB + 128 GiB, all device memory visible to the CPU
         near CPUs 0-15, 2 interrupts, kernel driver nvidia, power state D0
         queue family 0: graphics + compute + transfer, 16 queues, timestamps of 64 bits
         queue family 1: transfer, 1 queue, no timestamps
         UUID 00112233-4455-6677-8899-aabbccddeeff
      1  SOFTWARE DEVICE, no GPU
         llvmpipe (LLVM 15.0.6, 256 bits) (cpu), 80.0 GiB of device-local memory, Vulkan 1.3.277, driver
         llvmpipe Mesa 22.3.6
         attached: software, computed by this guest's CPUs (the Vulkan driver: driver id 13, llvmpipe)
         queue family 0: graphics + compute + transfer, 16 queues, timestamps of 64 bits
         queue family 1: transfer, 1 queue, no timestamps
         UUID 00112233-4455-6677-8899-aabbccddeeff
      "
    `);
  });

  it('lists the tiles of each combination of types that matrix units compute', () => {
    const tile: CooperativeMatrixInfo = {
      extension: 'VK_KHR_cooperative_matrix',
      ...{ m: 16, n: 16, k: 16, aType: 'f16', bType: 'f16', cType: 'f32', resultType: 'f32' },
      ...{ saturating: false, scope: 'subgroup', workgroupInvocations: null },
    };
    const cooperativeMatrices = available<readonly CooperativeMatrixInfo[]>([
      tile,
      { ...tile, n: 8 },
      { ...tile, aType: 'u8', bType: 's8', cType: 's32', resultType: 's32', saturating: true },
      { ...tile, extension: 'VK_NV_cooperative_matrix', scope: 'workgroup', resultType: 'f16' },
      {
        ...tile,
        ...{ extension: 'VK_NV_cooperative_matrix2', scope: 'workgroup', workgroupInvocations: 256 },
      },
    ]);
    const text = devicesTable(
      [{ device: deviceInfo({ cooperativeMatrices }), attachment: softwareAttachment() }],
      { width: 120, color: false },
    );
    const lines = text.split('\n').map((line) => line.trim());
    expect(lines.filter((line) => line.startsWith('cooperative'))).toEqual([
      'cooperative matrices of f16, sums of f32: 16×16×16, 16×8×16',
      'cooperative matrices of u8 × s8, sums of s32, saturating: 16×16×16',
      'cooperative matrices (NV) of f16, sums of f32 → f16, by workgroup: 16×16×16',
      'cooperative matrices (NV 2, multiples) of f16, sums of f32, by workgroup of 256 invocations: 16×16×16',
    ]);
  });

  it.each([80, 120, 200])('fits %i columns', (width) => {
    for (const line of devicesTable(DEVICES, { width, color: false }).split('\n'))
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  it('says that there is none', () => {
    expect(devicesTable([], { width: 80, color: false })).toBe('No Vulkan device was found.\n');
  });
});
