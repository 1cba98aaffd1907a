import { describe, expect, it } from 'vitest';
import { DRIVER_IDS, idPair, SHARE_SUBSYSTEMS, shareByName } from '../../src/virt/attachment-tables.ts';
import { vk } from '../../src/vulkan/index.ts';

describe('shareByName()', () => {
  it.each([
    ['GRID T4-8Q', 'vgpu', 'T4-8Q'],
    ['NVIDIA A100-40C', 'vgpu', 'A100-40C'],
    ['NVIDIA RTX6000 Ada-48Q', 'vgpu', 'RTX6000 Ada-48Q'],
    ['GRID V100D-32A', 'vgpu', 'V100D-32A'],
    ['GRID M10-2B4', 'vgpu', 'M10-2B4'],
    ['GRID K240Q', 'vgpu', 'K240Q'],
    ['NVIDIA A100-1-5C', 'mig', 'A100-1-5C'],
    ['NVIDIA A100-1-5CME', 'mig', 'A100-1-5CME'],
    ['NVIDIA A100-SXM4-40GB MIG 1g.5gb', 'mig', '1g.5gb'],
    ['NVIDIA A100-SXM4-40GB MIG 1c.3g.20gb', 'mig', '1c.3g.20gb'],
    ['NVIDIA RTX PRO 6000 Blackwell MIG 1g.24gb+gfx', 'mig', '1g.24gb+gfx'],
    ['AMD Instinct MI300X VF', 'vgpu', null],
    ['AMD Radeon Pro V710 MxGPU (RADV NAVI32)', 'vgpu', null],
  ])('knows %s', (name, says, profile) => {
    expect(shareByName(name)).toEqual({ says, profile });
  });

  it.each([
    'NVIDIA A100-SXM4-40GB',
    'NVIDIA A100-PCIE-40GB',
    'Tesla V100-SXM2-16GB',
    'NVIDIA H100 80GB HBM3',
    'NVIDIA GeForce RTX 4090',
    'AMD Instinct MI210 (RADV ALDEBARAN)',
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'Quadro RTX 6000',
    '',
  ])('takes %s for a whole device', (name) => {
    expect(shareByName(name)).toBe(null);
  });

  it('reads no more of a name than a name has', () => {
    expect(shareByName(`NVIDIA ${'A'.repeat(1e6)}-40C`)).toBe(null);
  });
});

describe('DRIVER_IDS', () => {
  it('has the numbers of Vulkan', () => {
    expect(Object.keys(DRIVER_IDS).map(Number)).toEqual([
      vk.VK_DRIVER_ID_GOOGLE_SWIFTSHADER,
      vk.VK_DRIVER_ID_MESA_LLVMPIPE,
      vk.VK_DRIVER_ID_JUICE_PROPRIETARY,
      vk.VK_DRIVER_ID_MESA_VENUS,
      vk.VK_DRIVER_ID_MESA_DOZEN,
    ]);
  });
});

describe('idPair()', () => {
  it('writes the keys of the tables', () => {
    expect(SHARE_SUBSYSTEMS[`${idPair(0x10de, 0x13f2)} ${idPair(0x10de, 0x1150)}`]).toBe('GRID M60-8Q');
    expect(idPair(0x1013, 0xb8)).toBe('1013:00b8');
  });
});
