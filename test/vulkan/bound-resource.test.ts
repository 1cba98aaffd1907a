import { describe, expect, it } from 'vitest';
import type { BindingInterface } from '../../src/shader/kernel-interface.ts';
import { boundResource } from '../../src/vulkan/bound-resource.ts';
import type { DispatchStep } from '../../src/vulkan/compute-device.ts';
import { openSimulatedDevice } from '../../src/vulkan/simulated-device.ts';

const { info, createBuffer, createImage } = openSimulatedDevice();
const buffer = createBuffer({ name: 'b', bytes: 20000, memory: 'device' });
const large = createBuffer({ name: 'l', bytes: 2 ** 27 + 4, memory: 'device', usage: 'transfer' });
const image = {
  ...createImage({ name: 'i', format: 'r32f', dimensions: '2d', extent: [4, 4, 1] }),
  format: 'r32f',
  dimensions: '2d',
};

const binding = (parts: Partial<BindingInterface>): BindingInterface => ({
  set: 0,
  binding: 0,
  name: 'x',
  blockName: null,
  kind: 'storage',
  access: 'read',
  use: 'read',
  descriptorCount: 1,
  headerBytes: 0,
  element: null,
  elementBytes: null,
  elementCount: null,
  headerScalars: [],
  elementScalars: [],
  image: null,
  ...parts,
});

const declared = { dimensions: '2d', isArray: false, isMultisampled: false, sampledType: 'float' } as const;
const wantsImage = (format: string | null): BindingInterface =>
  binding({ kind: 'storage-image', image: { ...declared, format } });

const bind = (what: DispatchStep['buffers'], parts: BindingInterface) => (): unknown =>
  boundResource({ buffers: what }, parts, info.limits);

describe('boundResource()', () => {
  it('gives what is bound by the name of the binding', () => {
    expect(bind({ x: buffer }, binding({ headerBytes: 20000 }))()).toBe(buffer);
    expect(bind({ x: image }, wantsImage('r32f'))()).toBe(image);
    expect(bind({ x: image }, wantsImage(null))()).toBe(image);
  });

  it.each<[string, DispatchStep['buffers'], BindingInterface, string]>([
    ['nothing', {}, binding({}), 'binding "x" of the shader has no buffer'],
    [
      'the name of no own property',
      {},
      binding({ name: 'toString' }),
      'binding "toString" of the shader has no',
    ],
    ['an image for a buffer', { x: image }, binding({}), 'it is an image'],
    ['a buffer for an image', { x: buffer }, wantsImage('r32f'), 'it is a buffer'],
    ['an image of another format', { x: image }, wantsImage('r32ui'), 'it is 2d r32f'],
    ['less than the block', { x: buffer }, binding({ headerBytes: 20004 }), 'it has 20000 bytes'],
    [
      'less than the array of fixed length',
      { x: buffer },
      binding({ headerBytes: 16, elementBytes: 16, elementCount: 1250 }),
      'it has 20000 bytes',
    ],
    [
      'more than a uniform buffer may be',
      { x: buffer },
      binding({ kind: 'uniform' }),
      'maxUniformBufferRange of 16384',
    ],
    [
      'a buffer for transfer that is more than a storage buffer may be',
      { x: large },
      binding({}),
      'maxStorageBufferRange of 134217728',
    ],
  ])('refuses %s', (_, what, parts, message) => {
    expect(bind(what, parts)).toThrow(message);
  });
});
