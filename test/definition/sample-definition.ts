// A definition for tests, made as that of a real shader is: by statements over what its kernel declares. The module is one
// of those that ship; its interface is written down here, so that no figure depends on a compiler.
import { readFileSync } from 'node:fs';
import { available, unavailable } from '../../src/base/availability.ts';
import { CONVENTION } from '../../src/definition/conventions.ts';
import { defineShader } from '../../src/definition/define.ts';
import type { OriginKind } from '../../src/definition/definition.ts';
import type { Expandable } from '../../src/definition/expand-definition.ts';
import type { ModuleFunctions } from '../../src/definition/module-functions.ts';
import { type PlacedStatement, placed } from '../../src/definition/placed-statement.ts';
import type { BindingInterface, KernelInterface } from '../../src/shader/kernel-interface.ts';
import type { LoadedShader } from '../../src/shader/loaded-shader.ts';
import type { DeviceInfo, DeviceLimits } from '../../src/vulkan/device-info.ts';
import { deviceInfo } from '../report/sample-device.ts';

const SHIPPED = new URL('../../shaders/spirv/copy-w4.spv', import.meta.url);

const sampleShader: LoadedShader = {
  path: 'saxpy.comp',
  language: 'glsl',
  spirv: Uint8Array.from(readFileSync(SHIPPED)),
  text: '',
  sourceSha256: 'a1'.repeat(32),
  spirvSha256: 'b2'.repeat(32),
  targetEnvironment: 'vulkan1.1',
  compiler: 'glslangValidator 11:12.0.0 (/usr/bin/glslangValidator)',
  validator: { name: 'spirv-val 2023.1', reason: null },
  cached: false,
};

/** An array of floats in a storage buffer. */
export function floats(name: string, binding: number, use: BindingInterface['use']): BindingInterface {
  return {
    set: 0,
    binding,
    name,
    blockName: name.toUpperCase(),
    kind: 'storage',
    access: use === 'read' ? 'read' : 'read-write',
    use,
    descriptorCount: 1,
    headerBytes: 0,
    element: 'float',
    elementBytes: 4,
    elementCount: null,
    headerScalars: [],
    elementScalars: [{ name: '', type: 'float', offset: 0 }],
    image: null,
  };
}

/** y = a x + y with a workgroup size that can be chosen. */
const sampleKernel: KernelInterface = {
  entryPoint: 'main',
  spirvVersion: '1.3',
  localSize: [
    { value: 256, constantId: 0 },
    { value: 1, constantId: null },
    { value: 1, constantId: null },
  ],
  constants: [{ id: 0, name: 'WORKGROUP_SIZE', type: 'uint', bytes: 4, default: 256 }],
  pushConstants: [
    { name: 'n', type: 'uint', offset: 0, bytes: 4, scalars: [{ name: 'n', type: 'uint', offset: 0 }] },
    { name: 'a', type: 'float', offset: 4, bytes: 4, scalars: [{ name: 'a', type: 'float', offset: 4 }] },
  ],
  pushConstantBytes: 8,
  bindings: [floats('x', 0, 'read'), floats('y', 1, 'read-write')],
  capabilities: ['Shader'],
  extensions: [],
  sharedBytes: 0,
};

/** A statement with its place, from words such as `axis n = 1Mi`. */
export function said(text: string, place: string, kind: OriginKind = 'pragma'): PlacedStatement {
  return placed(text, '/', { kind, place });
}

export const SAMPLE_STATEMENTS: readonly PlacedStatement[] = [
  said('axis n = 1Mi, 64Mi', 'saxpy.comp:2'),
  said('set a = 2', 'saxpy.comp:3'),
  said('flops 2 * n', 'saxpy.comp:4'),
  said('fill x = random 42', 'saxpy.comp:5'),
  said('fill y = 1.5', '--pragma', 'command line'),
];

/** A definition with its kernel; the statements are those of the sample unless others are given. */
export function sampleExpandable(
  statements: readonly PlacedStatement[] = SAMPLE_STATEMENTS,
  changes: Partial<KernelInterface> = {},
  functions: ModuleFunctions = {},
): Expandable {
  const kernel = { ...sampleKernel, ...changes };
  const definition = defineShader({
    shader: sampleShader,
    kernel,
    name: { value: 'saxpy', from: CONVENTION },
    statements,
    isVerifiedElsewhere: functions.verify !== undefined,
    module: Object.keys(functions).length === 0 ? null : { url: 'file:///bench/saxpy.mjs', index: 0 },
    reference: null,
  });
  return { definition, kernel, functions };
}

/** A device of nearly the least limits that Vulkan allows, with 1 GiB of memory. */
export function leastDevice(limits: Partial<DeviceLimits> = {}): DeviceInfo {
  return {
    ...deviceInfo(),
    name: 'least device',
    apiVersion: '1.1.0',
    software: false,
    type: 'discrete-gpu',
    driver: {
      id: unavailable('not told'),
      name: available('driver'),
      info: unavailable('not told'),
      version: 1,
    },
    memoryHeaps: [{ index: 0, bytes: 2 ** 30, deviceLocal: true }],
    features: [],
    extensions: [],
    limits: {
      ...deviceInfo().limits,
      maxUniformBufferRange: 16384,
      maxStorageBufferRange: 2 ** 27,
      maxPushConstantsSize: 128,
      maxBoundDescriptorSets: 4,
      maxPerStageDescriptorUniformBuffers: 12,
      maxPerStageDescriptorStorageBuffers: 4,
      maxPerStageDescriptorStorageImages: 4,
      maxPerStageResources: 128,
      maxImageDimension2D: 4096,
      maxComputeSharedMemorySize: 16384,
      maxComputeWorkGroupCount: [65535, 65535, 65535],
      maxComputeWorkGroupInvocations: 256,
      maxComputeWorkGroupSize: [256, 256, 64],
      ...limits,
    },
  };
}
