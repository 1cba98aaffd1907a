// What every ComputeDevice must do with images and guards, run on the simulated one and on real ones.
import { afterAll, describe, expect, it } from 'vitest';
import type { ImageRequest } from '../../src/vulkan/compute-device.ts';
import type { DeviceUnderTest } from './compute-device.contract.ts';
import { hasCompiler, inlineKernel } from './inline-kernel.ts';

const REFUSED = `
  layout(local_size_x = 1) in;
  layout(set = 0, binding = 2) uniform sampler2D tex;
  layout(set = 1, binding = 0) buffer Many { float x[]; } many[3];
  layout(set = 1, binding = 1, r32f) uniform image2DArray layers;
  layout(set = 1, binding = 2, r32f) uniform imageBuffer texels;
  layout(set = 0, binding = 0) buffer Fine { float y[]; };
  void main() {
    y[0] = texelFetch(tex, ivec2(0), 0).x + many[1].x[0] + imageLoad(layers, ivec3(0)).x + imageLoad(texels, 0).x;
  }`;

/** Declares the contract for one implementation. */
export function describeResources(name: string, open: () => DeviceUnderTest): void {
  describe(`resources of a ComputeDevice (${name})`, () => {
    const opened = open();
    const { device } = opened;
    afterAll(() => opened[Symbol.dispose]());

    it.each<Omit<ImageRequest, 'name'>>([
      { format: 'r32f', dimensions: '1d', extent: [100, 1, 1] },
      { format: 'rgba8', dimensions: '2d', extent: [33, 7, 1] },
      { format: 'rgba32f', dimensions: '3d', extent: [5, 6, 7] },
      { format: 'rgba16f', dimensions: '2d', extent: [16, 16, 1] },
      { format: 'r32ui', dimensions: '2d', extent: [64, 2, 1] },
    ])('reads back what was written to an image: $format $dimensions', (request) => {
      using image = device.createImage({ name: 'image', ...request });
      // Values below 0x78 a byte: no NaN, whose bits a driver may change.
      const texels = Uint8Array.from({ length: image.bytes }, (_, index) => (index * 7) % 0x78);
      image.write(texels);
      const into = new Uint8Array(image.bytes);
      image.read(into);
      expect(into).toEqual(texels);
      expect(image.extent).toEqual(request.extent);
    });

    it.each<[string, Omit<ImageRequest, 'name'>, string]>([
      ['an unknown format', { format: 'rgba64', dimensions: '2d', extent: [4, 4, 1] }, 'unsupported'],
      [
        'the name of no own property',
        { format: 'toString', dimensions: '2d', extent: [4, 4, 1] },
        'unsupported',
      ],
      ['too many texels', { format: 'r32f', dimensions: '2d', extent: [2 ** 20, 4, 1] }, 'unsupported'],
      ['an empty extent', { format: 'r32f', dimensions: '2d', extent: [0, 4, 1] }, 'usage'],
      ['a broken extent', { format: 'r32f', dimensions: '3d', extent: [4, 4, 1.5] }, 'usage'],
      ['a depth in 2d', { format: 'r32f', dimensions: '2d', extent: [4, 4, 2] }, 'usage'],
    ])('refuses an image with %s', (_, request, code) => {
      expect(() => device.createImage({ name: 'image', ...request })).toThrow(
        expect.objectContaining({ code, message: expect.stringContaining('"image"') }),
      );
    });

    it('refuses a part of an image', () => {
      using image = device.createImage({ name: 'i', format: 'r32f', dimensions: '2d', extent: [4, 4, 1] });
      expect(() => image.write(new Uint8Array(60))).toThrow('image "i" has 64');
      expect(() => image.read(new Uint8Array(68))).toThrow('image "i" has 64');
    });

    it.each(['device', 'upload', 'download'] as const)('guards a buffer in %s memory', (memory) => {
      using buffer = device.createBuffer({ name: 'buffer', bytes: 64, memory, guardBytes: 4096 });
      buffer.fillGuard();
      buffer.write(new Uint8Array(64).fill(1));
      expect(buffer.bytes).toBe(64);
      expect(buffer.firstTouchedGuardByte()).toBe(null);
    });

    it('does without a guard', () => {
      using buffer = device.createBuffer({ name: 'buffer', bytes: 64, memory: 'device' });
      buffer.fillGuard();
      expect(buffer.firstTouchedGuardByte()).toBe(null);
    });

    it.skipIf(!hasCompiler)('names every binding that is not supported', () => {
      expect(() => device.createKernel(inlineKernel(REFUSED), {})).toThrow(
        expect.objectContaining({
          code: 'unsupported',
          message: expect.stringMatching(
            /^Cannot run the kernel: binding "tex" \(combined-image-sampler, set 0 binding 2\); binding "[^"]+" \(storage, set 1 binding 0, array of 3 descriptors\); binding "layers" \(storage-image, set 1 binding 1, array image\); binding "texels" \(storage-texel-buffer, set 1 binding 2\)$/,
          ),
        }),
      );
    });
  });
}
