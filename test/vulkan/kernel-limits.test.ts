import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import { checkGroups, checkIndirectGroups, checkKernel } from '../../src/vulkan/kernel-limits.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';

const { info } = openSimulatedDevice();
const copy = reflectKernel(loadShippedKernel('copy'));

describe('checkKernel()', () => {
  it('accepts what fits', () => {
    expect(() => checkKernel(info, copy, [128, 1, 1])).not.toThrow();
  });

  it.each([
    ['more invocations than a workgroup holds', copy, [64, 4, 1], 'maxComputeWorkGroupInvocations, 128'],
    ['a size beyond one axis', copy, [1, 1, 128], 'maxComputeWorkGroupSize, 64'],
    ['an empty workgroup', copy, [0, 1, 1], 'is empty'],
    ['a feature that the device lacks', { ...copy, capabilities: ['Float64'] }, [1, 1, 1], 'shaderFloat64'],
    ['a capability that is not enabled', { ...copy, capabilities: ['Int8'] }, [1, 1, 1], 'capability Int8'],
    ['too many push constants', { ...copy, pushConstantBytes: 132 }, [1, 1, 1], 'maxPushConstantsSize, 128'],
    [
      'a binding that is no storage buffer',
      { ...copy, bindings: copy.bindings.map((binding) => ({ ...binding, kind: 'storage-image' as const })) },
      [1, 1, 1],
      'storage-image',
    ],
  ] as const)('refuses %s', (_, kernel, localSize, message) => {
    expect(() => checkKernel(info, kernel, localSize)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(message) }),
    );
  });
});

describe('checkGroups()', () => {
  it('accepts up to the limit', () => {
    expect(() => checkGroups(info, [65535, 1, 1])).not.toThrow();
  });

  it('refuses more, and names axis and limit', () => {
    expect(() => checkGroups(info, [1, 65536, 1])).toThrow(
      'Cannot dispatch 65536 workgroups along y: the device',
    );
  });

  it.each([-1, 0.5, Number.NaN])('refuses %s workgroups', (count) => {
    expect(() => checkGroups(info, [count, 1, 1])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('checkIndirectGroups()', () => {
  const buffer = openSimulatedDevice().createBuffer({ name: 'counts', bytes: 16, memory: 'device' });

  it.each([0, 4])('accepts counts at offset %s of 16 bytes', (offset) => {
    expect(() => checkIndirectGroups({ buffer, offset })).not.toThrow();
  });

  it.each([-4, 2, 8, 1.5, Number.NaN])('refuses offset %s', (offset) => {
    expect(() => checkIndirectGroups({ buffer, offset })).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(`at offset ${offset}`) }),
    );
  });
});
