// What each shader of test/fixtures/custom is given on the command line, and what it must write: computed here a second
// time, from the shader's description and not from its code. All results are exact in their types.

/** Contents of a binding after one iteration, by the name of the binding. */
type Outputs = Readonly<Record<string, ArrayBufferView>>;

/** A shader of the corpus. */
export interface CorpusShader {
  /** In test/fixtures/custom. */
  readonly file: string;
  /** What a user would add to the command. */
  readonly args?: readonly string[];
  readonly outputs: () => Outputs;
  /** Feature or capability that devices may lack, and which must then be named. */
  readonly needs?: string;
}

const FOLDER = 'test/fixtures/custom';

/** `count` numbers, each computed from its index. */
const list = (count: number, value: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => value(index));

const floats = (count: number, value: (index: number) => number): Float32Array =>
  Float32Array.from(list(count, value));
const uints = (count: number, value: (index: number) => number): Uint32Array =>
  Uint32Array.from(list(count, value));
const ints = (count: number, value: (index: number) => number): Int32Array =>
  Int32Array.from(list(count, value));
const pragmas = (...lines: readonly string[]): string[] => lines.flatMap((line) => ['--pragma', line]);
const axes = (...values: readonly string[]): string[] => values.flatMap((value) => ['--axis', value]);

/** IEEE 754 binary16 of a positive number that it can hold. */
function halfBits(value: number): number {
  const exponent = Math.floor(Math.log2(value));
  return ((exponent + 15) << 10) + (value / 2 ** exponent - 1) * 1024;
}

function collatzSteps(start: number): number {
  let [value, steps] = [start, 0];
  for (; value !== 1; steps++) value = value % 2 === 0 ? value / 2 : 3 * value + 1;
  return steps;
}

/** One row of `seen` in uniform-block.comp: every scalar as the pragmas of the shader set it. */
const UNIFORM_BLOCK = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  // The 3 × 3 matrix lies row by row and is written column by column.
  ...[1, 4, 7, 2, 5, 8, 3, 6, 9],
  ...[10, 20, 30],
  ...[1, 2, 3, 0.5, 11, 12, 13, 14],
  ...[4, 5, 6, 0.25, 21, 22, 23, 24],
  2.5,
  ...[9, 9, 9, 9, 9, 9],
  1,
];

/** Results of nested-storage.comp: 16 bytes of header, then 32 bytes for each body. */
function movedBodies(count: number, limit: number): DataView {
  const bytes = new DataView(new ArrayBuffer(16 + 32 * count));
  bytes.setUint32(0, count, true);
  for (let i = 0; i < count; i++) {
    const at = 16 + 32 * i;
    // Every scalar of body i is i; turn · position has 3 i² in both components.
    [3 * i * i * 0.5, 3 * i * i * 2, i].forEach((value, c) => {
      bytes.setFloat32(at + 4 * c, value, true);
    });
    bytes.setUint32(at + 12, i >= limit ? 4 : i + 1 >= limit ? 1 : 0, true);
    [i, i, i * i, i * i].forEach((value, c) => {
      bytes.setFloat32(at + 16 + 4 * c, value, true);
    });
  }
  return bytes;
}

/** Result of uniform-axes.comp. */
function filtered(width: number, height: number): Float32Array {
  const pixel = (x: number, y: number): number => Math.min(y, height - 1) * width + Math.min(x, width - 1);
  return floats(width * height, (i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return 2 * (pixel(x, y) + pixel(x + 1, y) + pixel(x, y + 1));
  });
}

/** Result of image-2d.comp: `width` and `height` are those of the source. */
function transposed(width: number, height: number): Float32Array {
  return floats(4 * width * height, (i) => {
    const texel = i >> 2;
    const [y, x] = [texel % height, Math.floor(texel / height)];
    return [y * width + x, x, y, 1][i % 4] as number;
  });
}

/** Result of histogram.comp. */
function histogram(count: number): Uint32Array {
  const bins = new Uint32Array(32);
  for (let i = 0; i < count; i++) {
    const bin = Math.imul(i, 2654435761) >>> 27;
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

/** Result of matrix-multiply.comp for a[i] = i and b + column of its column. */
function product(rows: number, inner: number, columns: number): Float32Array {
  return floats(rows * columns, (i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return list(inner, (k) => (row * inner + k) * (2 + column)).reduce((sum, term) => sum + term, 0);
  });
}

export const CORPUS: readonly CorpusShader[] = [
  {
    file: 'stripped.spv',
    args: [...axes('n=4Ki', 'constant3=5'), ...pragmas('fill binding0 = index', 'set member0 = n')],
    outputs: () => ({ binding1: uints(4096, (i) => 5 * i + 1) }),
  },
  { file: 'bare.comp', outputs: () => ({ steps: uints(32768, (i) => collatzSteps(i + 1)) }) },
  {
    file: 'sized-by-constant.comp',
    args: axes('WORKGROUP_SIZE=128'),
    outputs: () => ({ y: uints(4096, (i) => i - (i % 128) + 127 - (i % 128)) }),
  },
  {
    file: 'sized-by-id.comp',
    args: axes('n=1Ki', 'constant7=64'),
    outputs: () => ({ places: uints(2048, (i) => (i % 2 === 0 ? (i / 2) % 64 : (i >> 7) * 64)) }),
  },
  { file: 'several-sets.comp', outputs: () => ({ result: ints(10000, (i) => 3 * (9999 - i) + 7) }) },
  {
    file: 'uniform-block.comp',
    outputs: () => ({ seen: floats(64 * 52, (i) => UNIFORM_BLOCK[i % 52] as number) }),
  },
  { file: 'nested-storage.comp', outputs: () => ({ moved: movedBodies(1000, 500) }) },
  { file: 'uniform-axes.comp', outputs: () => ({ target: filtered(100, 60) }) },
  {
    file: 'uniform-axes.comp',
    args: axes('width=33', 'height=7'),
    outputs: () => ({ target: filtered(33, 7) }),
  },
  { file: 'image-2d.comp', outputs: () => ({ target: transposed(40, 24) }) },
  {
    file: 'image-3d.comp',
    outputs: () => ({ volume: ints(12 ** 3, (i) => 100 + 1000 * Math.floor(i / 144) + (i % 12)) }),
  },
  {
    file: 'push-scalars.comp',
    outputs: () => ({
      seen: Float64Array.from([
        1,
        -5,
        12,
        0.5,
        0.1,
        -(2 ** 44),
        2 ** 43,
        1,
        2,
        3,
        1,
        2,
        3,
        4,
        6,
        6,
        6,
        6,
        6,
        6,
      ]),
    }),
  },
  {
    file: 'push-small.comp',
    outputs: () => ({ seen: Float32Array.from([-100, 200, -30000, 60000, 0.125, 1.5, -2]) }),
  },
  { file: 'subgroup-sum.comp', outputs: () => ({ total: Uint32Array.of((65536 * 65535) / 2) }) },
  {
    file: 'shared-reduction.comp',
    outputs: () => ({
      partial: floats(32, (i) => {
        const first = (i >> 1) * 512;
        return i % 2 === 0 ? first + 511 : 512 * first + (511 * 512) / 2;
      }),
    }),
  },
  {
    file: 'constants.comp',
    outputs: () => ({ seen: Float64Array.from([0, 4, 5, 1.5, 0.1, -6, 7, -8, 9, -10, 11, 0.25, 8]) }),
  },
  {
    file: 'constants.comp',
    args: [
      ...axes('ENABLED=1', 'SHIFT=-3', 'COUNT=77', 'GAIN=-2.25', 'PRECISE=0.3', 'FAR=-64Gi', 'LARGE=8Gi'),
      ...axes('LOW=-300', 'HIGH=60000', 'TINY=-100', 'SMALL=250', 'HALF=-1.5'),
    ],
    outputs: () => ({
      seen: Float64Array.from([
        ...[1, -3, 77, -2.25, 0.3, -64 * 2 ** 30, 2 ** 33],
        ...[-300, 60000, -100, 250, -1.5, 94],
      ]),
    }),
  },
  {
    file: 'includes.comp',
    args: ['--define', 'SCALE=5', '--include', `${FOLDER}/lib`],
    outputs: () => ({ y: floats(1000, (i) => Math.min(5 * i, 30)) }),
  },
  { file: 'saxpy.hlsl', outputs: () => ({ Y: floats(5000, (i) => 3 * i + 5) }) },
  {
    file: 'scale.spvasm',
    outputs: () => ({ result: ints(1024, (i) => -3 * i) }),
  },
  {
    file: 'two-kernels.spvasm',
    args: ['--entry', 'double', ...axes('n=1Ki'), ...pragmas('fill x = index')],
    outputs: () => ({ y: uints(1024, (i) => 2 * i) }),
  },
  {
    file: 'two-kernels.spvasm',
    args: ['--entry', 'square_sum', ...axes('n=1Ki'), ...pragmas('fill x = index', 'fill y = 5')],
    outputs: () => ({ z: uints(1024, (i) => i * i + 5) }),
  },
  { file: 'histogram.comp', outputs: () => ({ bins: histogram(100000) }) },
  {
    file: 'half-storage.comp',
    outputs: () => ({ y: Uint16Array.from(list(2048, (i) => halfBits((i >> 2) / 4 + 1))) }),
  },
  {
    file: 'byte-storage.comp',
    outputs: () => ({
      y: Int8Array.from(list(4096, (i) => 3 * (i % 256) - (i === 0 ? 0 : (i - 1) % 256))),
    }),
  },
  {
    file: 'double-atomics.comp',
    needs: 'shaderBufferFloat64AtomicAdd',
    outputs: () => ({ total: Float64Array.of((4095 * 4096) / 2) }),
  },
  { file: 'sized-array.comp', outputs: () => ({ y: floats(64, (i) => 3 * i) }) },
  { file: 'sized-array.comp', args: axes('N=1000'), outputs: () => ({ y: floats(1000, (i) => 3 * i) }) },
  { file: 'matrix-multiply.comp', outputs: () => ({ c: product(50, 48, 40) }) },
  {
    file: 'cooperative-matrix.comp',
    needs: 'cooperativeMatrix',
    // Each entry is 0.5 · Σ b over its column, where b holds its index.
    outputs: () => ({ c: floats(512, (i) => 0.5 * (16 * 256 * (i >> 8) + 16 * (i % 16) + 16 * 120)) }),
  },
];
