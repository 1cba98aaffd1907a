// Bandwidth of storage images: a copy from one to another, and the same copy between buffers beside it.
import { type Benchmark, compareElements, defineBenchmark } from 'guestmark';
import { squareImage, TEXEL_FORMATS, type TexelFormat, tilesProblem, wordsOf } from '../parts/texels.ts';

/** Texels along a side of what one workgroup copies. */
const TILE = 32;
const SIZES = [256, 1024, 2048, 4096, 8192];

const VERIFICATION = 'Every texel of the target equals that of the source, bit for bit.';

function imageCopy(format: TexelFormat, suites: Benchmark<'size'>['suites']): Benchmark {
  return defineBenchmark({
    name: `image-copy-${format.name}`,
    summary: `Bandwidth of a copy between two storage images of ${format.name}, size × size texels`,
    kind: 'throughput',
    category: 'memory',
    explanation: {
      method: `Every invocation loads four texels of a storage image (imageLoad) and stores them to another (imageStore); a workgroup copies a tile of ${TILE} × ${TILE}. Loads and stores convert between the format and floats.`,
      limit:
        'The memory of the device where both images are larger than its caches, or its texture units, which take a texel a clock or so whatever its size: a format of 4 bytes may stay below one of 16. tile-copy makes the same copy between buffers. On a software device generated code limits it.',
      verification: `${VERIFICATION} A byte survives being seen as its 255th part.`,
      sources: ['uVkCompute, memory benchmarks'],
    },
    axes: { size: [2048] },
    suites,
    requires: ({ size }) => tilesProblem(size, TILE),
    buffers: {
      source: { ...squareImage(format), fill: 'random' },
      target: { ...squareImage(format), fill: 'poison' },
    },
    work: ({ size }) => [
      { op: 'dispatch', shader: `image-copy-${format.name}`, groups: [size / TILE, size / TILE, 1] },
    ],
    bytes: ({ size }) => 2 * format.texelBytes * size * size,
    verify: (_, { inputs, outputs }) => {
      const source = wordsOf(inputs.source as NonNullable<typeof inputs.source>);
      const target = wordsOf(outputs.target as NonNullable<typeof outputs.target>);
      return compareElements('target', target, source);
    },
  });
}

function tileCopy(type: string, texelBytes: number, suites: Benchmark<'size'>['suites']): Benchmark {
  return defineBenchmark({
    name: `tile-copy-${type}`,
    summary: `Bandwidth of the copy of image-copy between buffers of ${texelBytes} bytes a texel`,
    kind: 'throughput',
    category: 'memory',
    explanation: {
      method: `Every invocation loads four elements of ${texelBytes} bytes and stores them to another buffer; a workgroup copies a tile of ${TILE} × ${TILE} of size × size elements that lie in rows, as image-copy does.`,
      limit:
        'The memory of the device where both buffers are larger than its caches. What image-copy differs from it is the layout of images and the work of texture units. On a software device generated code limits it.',
      verification: VERIFICATION,
    },
    axes: { size: [2048] },
    suites,
    requires: ({ size }) => tilesProblem(size, TILE),
    buffers: {
      source: { type: 'u32', elements: ({ size }) => (texelBytes / 4) * size * size, fill: 'random' },
      target: { type: 'u32', elements: ({ size }) => (texelBytes / 4) * size * size, fill: 'poison' },
    },
    work: ({ size }) => [
      { op: 'dispatch', shader: `tile-copy-${type}`, groups: [size / TILE, size / TILE, 1] },
    ],
    bytes: ({ size }) => 2 * texelBytes * size * size,
    verify: (_, { inputs, outputs }) => {
      const source = inputs.source as Uint32Array;
      return compareElements('target', outputs.target as Uint32Array, source);
    },
  });
}

const [RGBA8, R32F, RGBA32F] = TEXEL_FORMATS as readonly [TexelFormat, TexelFormat, TexelFormat];

export default [
  imageCopy(RGBA8, { quick: { size: [1024] }, standard: { size: [4096] }, full: { size: SIZES } }),
  imageCopy(R32F, { full: { size: SIZES } }),
  imageCopy(RGBA32F, { standard: {}, full: { size: SIZES } }),
  tileCopy('u32', 4, { standard: { size: [4096] }, full: { size: SIZES } }),
  tileCopy('u32-vec4', 16, { full: { size: SIZES } }),
];
