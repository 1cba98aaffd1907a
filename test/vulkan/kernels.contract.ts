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

const memoryOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);

const UNIFORM = `
  layout(local_size_x = 64) in;
  layout(set = 0, binding = 0) uniform Params { vec4 scale; float offset; };
  layout(set = 0, binding = 1) buffer Y { float y[]; };
  void main() { uint i = gl_GlobalInvocationID.x; y[i] = scale.z * float(i) + offset; }`;

const SETS = `
  layout(local_size_x = 64) in;
  layout(set = 0, binding = 3) readonly buffer A { uint a[]; };
  layout(set = 2, binding = 0) readonly buffer B { uint b[]; };
  layout(set = 2, binding = 1) buffer C { uint c[]; };
  void main() { uint i = gl_GlobalInvocationID.x; c[i] = a[i] + 10 * b[i]; }`;

const IMAGE_2D = `
  layout(local_size_x = 8, local_size_y = 8) in;
  layout(set = 0, binding = 0, r32f) readonly uniform image2D source;
  layout(set = 1, binding = 0, rgba32f) writeonly uniform image2D target;
  void main() {
    ivec2 at = ivec2(gl_GlobalInvocationID.xy);
    if (all(lessThan(at, imageSize(source))))
      imageStore(target, at, vec4(imageLoad(source, at).x, at.x, at.y, 1));
  }`;

const IMAGE_3D = `
  layout(local_size_x = 4, local_size_y = 4, local_size_z = 4) in;
  layout(set = 0, binding = 0, r32ui) uniform uimage3D volume;
  void main() {
    ivec3 at = ivec3(gl_GlobalInvocationID);
    if (all(lessThan(at, imageSize(volume))))
      imageStore(volume, at, imageLoad(volume, at) + uvec4(at.x + 100 * at.y + 10000 * at.z));
  }`;

const TYPES = `
  #extension GL_EXT_shader_explicit_arithmetic_types : require
  layout(local_size_x = 1) in;
  layout(constant_id = 1) const bool B = false;
  layout(constant_id = 2) const int I = 1;
  layout(constant_id = 3) const uint U = 1;
  layout(constant_id = 4) const float F = 1;
  layout(constant_id = 5) const double D = 1;
  layout(constant_id = 6) const int64_t I64 = 1l;
  layout(constant_id = 7) const uint64_t U64 = 1ul;
  layout(constant_id = 8) const int16_t I16 = 1s;
  layout(constant_id = 9) const uint16_t U16 = 1us;
  layout(constant_id = 10) const int8_t I8 = int8_t(1);
  layout(constant_id = 11) const uint8_t U8 = uint8_t(1);
  layout(constant_id = 12) const float16_t F16 = 1.0hf;
  layout(binding = 0) buffer Y { double y[]; };
  void main() {
    y[0] = B ? 1 : 0; y[1] = I; y[2] = U; y[3] = F; y[4] = D; y[5] = double(I64); y[6] = double(U64);
    y[7] = double(I16); y[8] = double(U16); y[9] = double(I8); y[10] = double(U8); y[11] = double(F16);
  }`;

const PUSHED = `
  #extension GL_EXT_shader_explicit_arithmetic_types : require
  layout(local_size_x = 1) in;
  layout(push_constant) uniform Push {
    double d; uint64_t u64; int64_t i64; vec3 v; float f; mat2 m; int i; float a[2];
    float16_t f16; int16_t i16; uint8_t u8; int8_t i8;
  };
  layout(binding = 0) buffer Y { double y[]; };
  void main() {
    y[0] = d; y[1] = double(u64); y[2] = double(i64); y[3] = v.x; y[4] = v.y; y[5] = v.z; y[6] = f;
    y[7] = m[0][0]; y[8] = m[0][1]; y[9] = m[1][0]; y[10] = m[1][1]; y[11] = i; y[12] = a[0]; y[13] = a[1];
    y[14] = double(f16); y[15] = double(i16); y[16] = double(u8); y[17] = double(i8);
  }`;

const PAST_THE_END = `
  layout(local_size_x = 1) in;
  layout(push_constant) uniform Push { uint at; };
  layout(binding = 0) buffer Y { uint y[]; };
  void main() { y[at] = 7; }`;

const LOCAL_SIZE_ID = `
  layout(local_size_x_id = 0) in;
  layout(constant_id = 0) const uint WORKGROUP_SIZE = 32;
  layout(binding = 0) buffer Y { uint y[]; };
  void main() { y[gl_GlobalInvocationID.x] = gl_WorkGroupSize.x; }`;

const SUBGROUPS = `
  #extension GL_KHR_shader_subgroup_basic : require
  #extension GL_KHR_shader_subgroup_vote : require
  layout(local_size_x = 32) in;
  layout(binding = 0) buffer Y { uint y[]; };
  void main() { y[gl_GlobalInvocationID.x] = subgroupAll(gl_NumSubgroups > 0) ? gl_SubgroupSize : 0; }`;

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
