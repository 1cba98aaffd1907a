// Mistakes in the kernels of images, and of the tiles of buffers that are compared with them.
import type { Mutant } from '../mutant.ts';

const mutants: readonly Mutant[] = [
  {
    kernel: 'image-copy-rgba8',
    replace: ['imageStore(target, at + ivec2(16, 16), d);', ''],
    caught: 'image-copy-rgba8[size=64]',
  },
  {
    kernel: 'image-copy-rgba8',
    replace: ['imageStore(target, at, a);', 'imageStore(target, at, 0.99 * a);'],
    caught: 'image-copy-rgba8[size=64]',
  },
  {
    kernel: 'image-copy-r32f',
    replace: ['b = imageLoad(source, at + ivec2(16, 0))', 'b = imageLoad(source, at + ivec2(15, 0))'],
    caught: 'image-copy-r32f[size=64]',
  },
  {
    kernel: 'image-load-rgba8',
    replace: ['LOAD(48, y)', 'LOAD(47, y)'],
    caught: 'image-load-rgba8[size=64]',
  },
  {
    kernel: 'image-load-rgba8',
    replace: ['uvec4(round(sum * SCALE))', 'uvec4(sum * SCALE)'],
    caught: 'image-load-rgba8[size=64]',
  },
  {
    kernel: 'image-load-rgba32f',
    replace: ['ROW(32) + ROW(48)', 'ROW(32)'],
    caught: 'image-load-rgba32f[size=64]',
  },
  {
    kernel: 'tile-copy-u32',
    replace: ['target[at + 16u] = b;', 'target[at + 16u] = a;'],
    caught: 'tile-copy-u32[size=64]',
  },
  {
    kernel: 'tile-copy-u32-vec4',
    replace: ['d = source[at + 16u * n + 16u]', 'd = source[at + 16u * n + 15u]'],
    caught: 'tile-copy-u32-vec4[size=64]',
  },
];
export default mutants;
