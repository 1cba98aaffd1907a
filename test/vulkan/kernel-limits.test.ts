import { describe, expect, it } from 'vitest';
import type { BindingInterface } from '../../src/shader/kernel-interface.ts';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { loadShippedKernel } from '../../src/shader/shipped.ts';
import {
  checkGroups,
  checkIndirectGroups,
  checkKernel,
  checkModule,
} from '../../src/vulkan/kernel-limits.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';
import { hasCompiler, inlineKernel } from './inline-kernel.ts';

const LOCAL_SIZE_ID = 'layout(local_size_x_id = 0) in; void main() {}';

const { info } = openSimulatedDevice();
const copy = reflectKernel(loadShippedKernel('copy-w4'));

describe('checkKernel()', () => {
  it('accepts what fits', () => {
    expect(() => checkKernel(info, copy, [128, 1, 1])).not.toThrow();
  });

  it.each([
    ['more invocations than a workgroup holds', copy, [64, 4, 1], 'maxComputeWorkGroupInvocations, 128'],
    ['a size beyond one axis', copy, [1, 1, 128], 'maxComputeWorkGroupSize, 64'],
    ['an empty workgroup', copy, [0, 1, 1], 'is empty'],
    ['a feature that the device lacks', { ...copy, capabilities: ['Float64'] }, [1, 1, 1], 'shaderFloat64'],
    ['a capability that is not enabled', { ...copy, capabilities: ['Geometry'] }, [1, 1, 1], 'Geometry'],
    [
      'too much shared memory',
      { ...copy, sharedBytes: 16385 },
      [1, 1, 1],
      'maxComputeSharedMemorySize, 16384',
    ],
    [
      'a set beyond the last',
      { ...copy, bindings: copy.bindings.map((binding) => ({ ...binding, set: 4 })) },
      [1, 1, 1],
      'its descriptor set 4 is not below maxBoundDescriptorSets, 4',
    ],
    [
      'too many descriptors of a kind',
      {
        ...copy,
        bindings: Array.from(
          { length: 17 },
          (_, index) => ({ ...copy.bindings[0], binding: index }) as BindingInterface,
        ),
      },
      [1, 1, 1],
      '17 bindings of kind storage are more than maxPerStageDescriptorStorageBuffers, 16',
    ],
    ['too many push constants', { ...copy, pushConstantBytes: 132 }, [1, 1, 1], 'maxPushConstantsSize, 128'],
    [
      'every binding that cannot be bound, and what else is missing',
      {
        ...copy,
        capabilities: ['Float64'],
        bindings: copy.bindings.map((binding) => ({ ...binding, kind: 'sampler' as const })),
      },
      [1, 1, 1],
      'binding "x" (sampler, set 0 binding 0); binding "y" (sampler, set 0 binding 1); the device lacks the feature',
    ],
  ] as const)('refuses %s', (_, kernel, localSize, message) => {
    expect(() => checkKernel(info, kernel, localSize)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(message) }),
    );
  });
});

describe('checkModule()', () => {
  const spirv = loadShippedKernel('copy-w4');

  it('accepts SPIR-V up to the version of the device', () => {
    expect(() => checkModule(info, copy, spirv)).not.toThrow();
    const newer = { ...copy, spirvVersion: '1.4' };
    expect(() => checkModule({ ...info, extensions: ['VK_KHR_spirv_1_4'] }, newer, spirv)).not.toThrow();
  });

  it('refuses newer SPIR-V', () => {
    expect(() => checkModule(info, { ...copy, spirvVersion: '1.4' }, spirv)).toThrow(
      'it is SPIR-V 1.4, and the device (Vulkan 1.1.0) takes SPIR-V up to 1.3',
    );
  });

  it('asks for the Vulkan extension that a SPIR-V extension needs', () => {
    const typed = { ...copy, extensions: ['SPV_GOOGLE_user_type', 'SPV_KHR_storage_buffer_storage_class'] };
    expect(() => checkModule(info, typed, spirv)).toThrow(
      'it uses SPV_GOOGLE_user_type, and the device lacks VK_GOOGLE_user_type',
    );
    expect(() => checkModule({ ...info, extensions: ['VK_GOOGLE_user_type'] }, typed, spirv)).not.toThrow();
  });

  it.skipIf(!hasCompiler)('refuses LocalSizeId on a device without maintenance4', () => {
    const module = inlineKernel(LOCAL_SIZE_ID, 'vulkan1.3');
    const newer = { ...info, apiVersion: '1.3.0' };
    const reflected = reflectKernel(module);
    expect(() => checkModule(newer, reflected, module)).toThrow('maintenance4');
    expect(() => checkModule({ ...newer, features: ['maintenance4'] }, reflected, module)).not.toThrow();
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
