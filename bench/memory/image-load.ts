// Bandwidth of loads from storage images: what a kernel that only reads an image can have.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { fillIntegers } from '../parts/small-integers.ts';
import { squareImage, TEXEL_FORMATS, type TexelFormat, tilesProblem } from '../parts/texels.ts';

/** Invocations along a side of a workgroup, and texels of one invocation along a side. */
const SIDE = 16;
const EACH = 4;
const TILE = SIDE * EACH;
/** Of red, green, blue and alpha in the word that an invocation writes. */
const WEIGHTS = [1, 257, 65537, 16777259] as const;
/** Values of components: all of a byte, and so few bits of a float that sums of 16 are exact. */
const MOST = { u8: 256, f32: 65536 } as const;
const SIZES = [256, 1024, 2048, 4096, 8192];

function imageLoad(format: TexelFormat, suites: Benchmark<'size'>['suites']): Benchmark {
  return defineBenchmark({
    name: `image-load-${format.name}`,
    summary: `Bandwidth of loads from a storage image of ${format.name}, size × size texels`,
    kind: 'throughput',
    category: 'memory',
    explanation: {
      method: `Every invocation adds up 16 texels of a storage image (imageLoad, no sampler) and writes one word; a workgroup reads a tile of ${TILE} × ${TILE}.`,
      limit:
        'The memory of the device where the image is larger than its caches, or its texture units, which take a texel a clock or so whatever its size. On a software device generated code limits it.',
      verification:
        'Every word is compared exactly, modulo 2^32. Components are whole numbers (a byte is seen as its 255th part, and the sum of 16 times 255 rounds to the whole number again), and so are the sums.',
      sources: ['K. Bhat, clpeak, image memory bandwidth'],
    },
    axes: { size: [2048] },
    suites,
    requires: ({ size }) => tilesProblem(size, TILE),
    buffers: {
      source: {
        ...squareImage(format),
        fill: fillIntegers(0, MOST[format.type] - 1),
      },
      result: { type: 'u32', elements: ({ size }) => (size / EACH) ** 2, fill: 'poison' },
    },
    work: ({ size }) => [
      { op: 'dispatch', shader: `image-load-${format.name}`, groups: [size / TILE, size / TILE, 1] },
    ],
    bytes: ({ size }) => format.texelBytes * size * size,
    verify: ({ size }, { inputs, outputs }) => {
      const expected = wordsRead(inputs.source as Uint8Array | Float32Array, size, format.components);
      return compareElements('result', outputs.result as Uint32Array, expected);
    },
  });
}

/** What every invocation writes, workgroup by workgroup. */
function wordsRead(texels: Uint8Array | Float32Array, size: number, components: number): Uint32Array {
  const words = new Uint32Array((size / EACH) ** 2);
  // Of what a format lacks, alpha is 1 in each of the 16 texels.
  if (components === 1) words.fill((EACH * EACH * WEIGHTS[3]) >>> 0);
  for (let y = 0; y < size; y++) {
    const row = Math.floor(y / TILE) * (size / TILE) * SIDE * SIDE + (y % SIDE) * SIDE;
    for (let x = 0; x < size; x++) {
      const index = row + Math.floor(x / TILE) * SIDE * SIDE + (x % SIDE);
      words[index] = (words[index] as number) + weighted(texels, (y * size + x) * components, components);
    }
  }
  return words;
}

function weighted(texels: Uint8Array | Float32Array, first: number, components: number): number {
  let sum = 0;
  for (let c = 0; c < components; c++)
    sum += Math.imul(texels[first + c] as number, WEIGHTS[c] as number) >>> 0;
  return sum;
}

const [RGBA8, R32F, RGBA32F] = TEXEL_FORMATS as readonly [TexelFormat, TexelFormat, TexelFormat];

export default [
  imageLoad(RGBA8, { standard: { size: [4096] }, full: { size: SIZES } }),
  imageLoad(R32F, { full: { size: SIZES } }),
  imageLoad(RGBA32F, { standard: {}, full: { size: SIZES } }),
];
