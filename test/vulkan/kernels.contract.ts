// What kernels may be like on a real device: every kind of binding, constant and scalar that is supported, with the
// right result and, where the layer is there, without a validation message.
import { afterAll, describe, expect, it } from 'vitest';
import type {
  ComputeDevice,
  DeviceBuffer,
  DeviceImage,
  DispatchStep,
  NamedValues,
} from '../../src/vulkan/compute-device.ts';
import type { DeviceUnderTest } from './compute-device.contract.ts';
import { inlineKernel } from './inline-kernel.ts';
import {
  BUFFER_REFERENCE,
  COUNTERS,
  IMAGE_2D,
  IMAGE_3D,
  LOCAL_SIZE_ID,
  PAST_THE_END,
  PUSHED,
  SETS,
  SUBGROUPS,
  TYPES,
  UNIFORM,
} from './kernel-sources.ts';

const memoryOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);

/** Declares the contract for one device. */
export function describeKernels(name: string, open: () => DeviceUnderTest): void {
  describe(`kernels of a ComputeDevice (${name})`, () => {
    const opened = open();
    const { device } = opened;
    afterAll(() => opened[Symbol.dispose]());
    const run = runOn(device);
    const buffer = (name: string, bytes: number): DeviceBuffer =>
      device.createBuffer({ name, bytes, memory: 'device' });

    it('reads a uniform buffer', () => {
      const [y, params] = [
        buffer('y', 256),
        device.createBuffer({ name: 'params', bytes: 20, memory: 'device', usage: 'uniform' }),
      ];
      params.write(memoryOf(new Float32Array([1, 2, 3, 4, 0.5])));
      run(inlineKernel(UNIFORM), { buffers: { Params: params, params, y } });
      expect([...read(y, new Float32Array(64))]).toEqual(Array.from({ length: 64 }, (_, i) => 3 * i + 0.5));
    });

    it('binds several descriptor sets, with holes between them', () => {
      const [a, b, c] = [buffer('a', 256), buffer('b', 256), buffer('c', 256)];
      a.write(memoryOf(Uint32Array.from({ length: 64 }, (_, i) => i)));
      b.write(memoryOf(new Uint32Array(64).fill(2)));
      run(inlineKernel(SETS), { buffers: { a, b, c } });
      expect([...read(c, new Uint32Array(64))]).toEqual(Array.from({ length: 64 }, (_, i) => i + 20));
    });

    it('reads and writes images of two dimensions', () => {
      const extent = [19, 11, 1] as const;
      const source = device.createImage({ name: 'source', format: 'r32f', dimensions: '2d', extent });
      const target = device.createImage({ name: 'target', format: 'rgba32f', dimensions: '2d', extent });
      source.write(memoryOf(Float32Array.from({ length: 209 }, (_, i) => i / 2)));
      run(inlineKernel(IMAGE_2D), { buffers: { source, target }, groups: [3, 2, 1] });
      const texels = read(target, new Float32Array(4 * 209));
      expect([...texels]).toEqual(
        Array.from({ length: 209 }, (_, i) => [i / 2, i % 19, Math.floor(i / 19), 1]).flat(),
      );
    });

    it('reads and writes an image of three dimensions', () => {
      const extent = [5, 6, 3] as const;
      const volume = device.createImage({ name: 'volume', format: 'r32ui', dimensions: '3d', extent });
      volume.write(memoryOf(new Uint32Array(90).fill(1)));
      run(inlineKernel(IMAGE_3D), { buffers: { volume }, groups: [2, 2, 1] });
      const expected = Array.from(
        { length: 90 },
        (_, i) => 1 + (i % 5) + 100 * (Math.floor(i / 5) % 6) + 10000 * Math.floor(i / 30),
      );
      expect([...read(volume, new Uint32Array(90))]).toEqual(expected);
    });

    it('sets specialization constants of every type', () => {
      const y = buffer('y', 96);
      const constants = {
        B: 1,
        I: -5,
        U: 4e9,
        F: 0.5,
        D: 0.1,
        I64: -(2n ** 52n),
        U64: 2 ** 52,
        I16: -300,
        U16: 65535,
        I8: -128,
        U8: 255,
        F16: 0.1,
      };
      run(inlineKernel(TYPES, 'vulkan1.2'), { buffers: { y } }, constants);
      const half = Math.fround(0.0999755859375);
      const expected = [1, -5, 4e9, 0.5, 0.1, -(2 ** 52), 2 ** 52, -300, 65535, -128, 255, half];
      expect([...read(y, new Float64Array(12))]).toEqual(expected);
    });

    it('sets push constants of every type, by one value or a list', () => {
      const y = buffer('y', 144);
      const push = {
        d: 0.1,
        u64: 2n ** 52n,
        i64: -1,
        v: [1, 2, 3],
        f: 0.5,
        m: [1, 2, 3, 4],
        i: -7,
        a: 9,
        f16: -2,
        i16: -300,
        u8: 200,
        i8: -100,
      };
      run(inlineKernel(PUSHED, 'vulkan1.2'), { buffers: { y }, push });
      const expected = [0.1, 2 ** 52, -1, 1, 2, 3, 0.5, 1, 2, 3, 4, -7, 9, 9, -2, -300, 200, -100];
      expect([...read(y, new Float64Array(18))]).toEqual(expected);
    });

    it('leaves the guard behind a buffer alone where the kernel does', () => {
      const y = device.createBuffer({ name: 'y', bytes: 64, memory: 'device', guardBytes: 256 });
      y.fillGuard();
      y.write(new Uint8Array(64));
      run(inlineKernel(PAST_THE_END), { buffers: { y }, push: { at: 15 } });
      expect(y.firstTouchedGuardByte()).toBe(null);
      expect([...read(y, new Uint32Array(16))]).toEqual([...new Array(15).fill(0), 7]);
    });

    it('takes its workgroup size from a specialization constant in SPIR-V 1.6', () => {
      const y = buffer('y', 256);
      const spirv = inlineKernel(LOCAL_SIZE_ID, 'vulkan1.3');
      run(spirv, { buffers: { y } }, { WORKGROUP_SIZE: 64 });
      expect([...read(y, new Uint32Array(64))]).toEqual(new Array(64).fill(64));
    });

    it('runs subgroup operations', () => {
      const y = buffer('y', 128);
      run(inlineKernel(SUBGROUPS), { buffers: { y } });
      const { subgroupSize } = device.info;
      const expected = subgroupSize.available ? subgroupSize.value : 0;
      expect(read(y, new Uint32Array(32))[0]).toBe(expected);
    });

    it.each(Object.entries(COUNTERS))('runs a kernel with %s', (_, glsl) => {
      const [y, z] = [buffer('y', 64), buffer('z', 64)];
      for (const one of [y, z]) one.write(new Uint8Array(64));
      run(inlineKernel(glsl, 'vulkan1.2'), { buffers: { y, z, Y: y } });
      expect(read(y, new Uint32Array(16))[0]).toBe(64);
    });

    it('refuses buffer references by their name', () => {
      expect(() => device.createKernel(inlineKernel(BUFFER_REFERENCE, 'vulkan1.2'), {})).toThrow(
        expect.objectContaining({
          code: 'unsupported',
          message: 'Cannot run the kernel: buffer references are not supported',
        }),
      );
    });

    it('chooses the entry point by its name', () => {
      const y = buffer('y', 256);
      const spirv = inlineKernel(LOCAL_SIZE_ID, 'vulkan1.1', ['-e', 'other', '--source-entrypoint', 'main']);
      expect(() => device.createKernel(spirv, {}, 'main')).toThrow('no compute entry point is named main');
      run(spirv, { buffers: { y } }, { WORKGROUP_SIZE: 64 }, 'other');
      expect(read(y, new Uint32Array(64))[63]).toBe(64);
    });

    it('refuses what does not fit a binding', () => {
      const [small, y] = [buffer('small', 16), buffer('y', 256)];
      const image = device.createImage({ name: 'i', format: 'r32f', dimensions: '2d', extent: [4, 4, 1] });
      const uniform = (params: DeviceBuffer | DeviceImage) => (): unknown =>
        run(inlineKernel(UNIFORM), { buffers: { Params: params, params, y } });
      expect(uniform(small)).toThrow('Cannot bind "small" to "');
      expect(uniform(image)).toThrow('it is an image');
      const images = (source: DeviceBuffer | DeviceImage) => (): unknown =>
        run(inlineKernel(IMAGE_2D), { buffers: { source, target: image }, groups: [1, 1, 1] });
      expect(images(y)).toThrow('it is a buffer');
      expect(images(image)).toThrow('Cannot bind "i" to "target": it is 2d r32f');
    });
  });
}

interface Run {
  readonly buffers: DispatchStep['buffers'];
  readonly push?: NamedValues;
  readonly groups?: readonly [number, number, number];
}

/** Runs a kernel once. Of the buffers it gets those that it declares. */
function runOn(device: ComputeDevice) {
  return (
    spirv: Uint8Array,
    { buffers, push = {}, groups = [1, 1, 1] }: Run,
    constants: NamedValues = {},
    entryPoint?: string,
  ): void => {
    using kernel = device.createKernel(spirv, constants, entryPoint);
    const step: DispatchStep = { op: 'dispatch', kernel, buffers, push, groups };
    using submission = device.record({ steps: [step], iterations: 1, timestamps: false });
    submission.submit();
    submission.wait('block', 10e9);
  };
}

function read<T extends ArrayBufferView>(from: DeviceBuffer | DeviceImage, into: T): T {
  from.read(memoryOf(into));
  return into;
}
