import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modeOfDevice, readAmdgpuMode, tellsMode } from '../../src/virt/amdgpu-mode.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

describe('modeOfDevice()', () => {
  it.each([
    [0x8, 0],
    [0x10f, 1],
    [0x202, 2],
  ])('reads the flags %i as mode %i', (flags, mode) => {
    const device = new DataView(new ArrayBuffer(144));
    device.setUint32(132, 4, true);
    device.setUint32(136, flags, true);
    expect(modeOfDevice(device)).toBe(mode);
  });
});

describe('tellsMode()', () => {
  it('asks amdgpu from 3.62 on', () => {
    expect(tellsMode('amdgpu', 3, 62).available).toBe(true);
    expect(tellsMode('amdgpu', 3, 61)).toMatchObject({ reason: expect.stringContaining('amdgpu 3.61') });
    expect(tellsMode('i915', 3, 62)).toMatchObject({ reason: expect.stringContaining('i915') });
  });
});

describe('readAmdgpuMode()', () => {
  it('says what a file is that is no device, and that one is missing', () => {
    using folder = temporaryFolder();
    const node = join(folder.path, 'renderD128');
    expect(readAmdgpuMode(node)).toEqual({ available: false, reason: `${node}: ENOENT` });
    writeFileSync(node, '');
    expect(readAmdgpuMode(node)).toEqual({
      available: false,
      reason: `${node}: DRM_IOCTL_VERSION: ENOTTY`,
    });
  });
});
