import { describe, expect, it } from 'vitest';
import {
  flexibleObstacle,
  matrixNeeds,
  subgroupObstacle,
  subgroupSizeObstacle,
  tileObstacle,
} from '../../../bench/parts/matrix-units.ts';
import { available, unavailable } from '../../../src/base/availability.ts';
import type { CooperativeMatrixInfo } from '../../../src/vulkan/device-info.ts';
import { deviceInfo } from '../../report/sample-device.ts';

const LISTED: CooperativeMatrixInfo = {
  extension: 'VK_KHR_cooperative_matrix',
  ...{ m: 16, n: 16, k: 32, aType: 's8', bType: 's8', cType: 's32', resultType: 's32' },
  ...{ saturating: false, scope: 'subgroup', workgroupInvocations: null },
};
const WANTED = { extension: LISTED.extension, m: 16, n: 16, k: 32, inputs: 's8', sums: 's32' } as const;

describe('tileObstacle()', () => {
  const obstacle = (changes: Partial<CooperativeMatrixInfo>): string | null =>
    tileObstacle(deviceInfo({ cooperativeMatrices: available([{ ...LISTED, ...changes }]) }), WANTED);

  it('is none where the tile is listed', () => {
    expect(obstacle({})).toBe(null);
  });

  it.each([
    { k: 16 },
    { m: 8 },
    { n: 8 },
    { aType: 'u8' },
    { bType: 'u8' },
    { cType: 'u32' },
    { resultType: 'u32' },
    { saturating: true },
    { scope: 'workgroup' },
    { extension: 'VK_NV_cooperative_matrix' },
  ] as const)('names the tile where only one with %o is', (changes) => {
    expect(obstacle(changes)).toBe('it lists no 16 × 16 × 32 tile of s8 with sums of s32');
  });

  it('says why a device lists nothing', () => {
    const cooperativeMatrices = unavailable('it is old');
    expect(tileObstacle(deviceInfo({ cooperativeMatrices }), WANTED)).toBe('it is old');
  });
});

describe('flexibleObstacle()', () => {
  const flexible: CooperativeMatrixInfo = {
    ...LISTED,
    ...{ extension: 'VK_NV_cooperative_matrix2', scope: 'workgroup', workgroupInvocations: 256 },
  };
  const obstacle = (k: number, scope: 'workgroup' | 'subgroup', workgroupSize: number): string | null => {
    const device = deviceInfo({ cooperativeMatrices: available([flexible]) });
    const tile = { ...WANTED, extension: flexible.extension, m: 64, n: 128, k };
    return flexibleObstacle(device, tile, scope, workgroupSize);
  };

  it('is none for multiples of what is listed', () => {
    expect(obstacle(64, 'workgroup', 256)).toBe(null);
  });

  it('is another depth, another workgroup and another scope', () => {
    expect(obstacle(16, 'workgroup', 256)).toBe(
      'workgroups of 256 invocations compute no 64 × 128 × 16 tile of s8 with sums of s32',
    );
    expect(obstacle(32, 'workgroup', 128)).toContain('workgroups of 128 invocations');
    expect(obstacle(32, 'subgroup', 256)).toContain('subgroups compute no 64 × 128 × 32 tile');
  });
});

it('subgroupObstacle() wants whole subgroups', () => {
  expect(subgroupObstacle(deviceInfo(), 128)).toBe(null);
  expect(subgroupObstacle(deviceInfo({ subgroupSize: available(64) }), 32)).toBe(
    'its subgroups have 64 invocations, of which 32 is no multiple',
  );
});

it('subgroupSizeObstacle() wants just that size', () => {
  expect(subgroupSizeObstacle(deviceInfo(), 32)).toBe(null);
  expect(subgroupSizeObstacle(deviceInfo(), 64)).toBe('its subgroups have 32 invocations, not 64');
});

it('matrixNeeds() names the features of the extension and of the type', () => {
  expect(matrixNeeds('bf16', 'VK_KHR_cooperative_matrix')).toEqual([
    'cooperativeMatrix',
    'vulkanMemoryModel',
    'shaderBFloat16CooperativeMatrix',
  ]);
  expect(matrixNeeds('e5m2', 'VK_NV_cooperative_matrix')).toContain('cooperativeMatrixNV');
  expect(matrixNeeds('e5m2', 'VK_NV_cooperative_matrix')).toContain('shaderFloat8CooperativeMatrix');
});
