import { describe, expect, it } from 'vitest';
import { formatVersion, makeVersion, versionParts } from '../../src/vulkan/version.ts';

describe('makeVersion()', () => {
  it('packs what versionParts() takes apart', () => {
    expect(versionParts(makeVersion(1, 3, 230))).toEqual({ major: 1, minor: 3, patch: 230 });
  });

  it('gives the number of VK_API_VERSION_1_3', () => {
    expect(makeVersion(1, 3, 0)).toBe(4206592);
  });
});

describe('formatVersion()', () => {
  it('writes the three parts', () => {
    expect(formatVersion(makeVersion(1, 3, 230))).toBe('1.3.230');
  });
});
