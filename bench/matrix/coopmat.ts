// Peak rate of matrix units through VK_KHR_cooperative_matrix, for each combination of types that there is a kernel for.
import {
  type Benchmark,
  compareElements,
  type DeviceInfo,
  defineBenchmark,
  type Elements,
  type Explanation,
  type Random,
  type Verification,
} from 'guestmark';
import {
  decodeMatrix,
  encodeMatrix,
  type MatrixType,
  matrixElements,
  matrixNeeds,
  subgroupObstacle,
  tileObstacle,
} from '../parts/matrix-units.ts';
import { fillIntegers } from '../parts/small-integers.ts';
import { slowInSoftware } from '../parts/software.ts';
import { tripCount } from '../parts/trip-count.ts';
import { firstOf, MOST_GROUPS, oneOf, positiveInteger } from '../parts/workgroup.ts';

const EXTENSION = 'VK_KHR_cooperative_matrix';
/** Results that a workgroup computes, as the kernel has it. */
const TILES = 16;
const STEPS_PER_LOOP = 4;
/** Integers up to here are exact in sums of these types. */
const EXACT = { f16: 2 ** 11, f32: 2 ** 24, s32: 2 ** 31, u32: 2 ** 32 } as const;
/** Units for 8-bit floats may keep no more than 14 bits of a sum (DeepSeek-V3 Technical Report, 2024, on the H100). */
const EXACT_OF_FLOAT8 = 2 ** 13;
/** Bytes of all results that are kept below what every device can bind. */
const MOST_RESULT_BYTES = 2 ** 27;

/** Operations a second of one core of a CPU, roughly. */
const SOFTWARE_OPERATIONS = 30e9;

type Sums = keyof typeof EXACT;

/** Largest magnitude of inputs, but where sums must stay small: there it is 1, and B selects elements of A. */
const LARGEST = 7;

const EXPLANATION: Explanation = {
  method:
    'Every subgroup multiplies matrices that it holds in registers, and adds to one accumulator per chain; memory is ' +
    'touched before and after the loop only.',
  limit:
    'The matrix units, at the clock that the power limit leaves: the inputs are small integers, which take less power ' +
    'than random numbers. A software device computes the same with its vector units.',
  verification:
    'Every element of every result equals the sum of the starting values and as many products as there were steps, ' +
    'exactly: all sums are integers that the type of the sums holds.',
  sources: [EXTENSION, 'SPV_KHR_cooperative_matrix'],
};

interface Combination {
  readonly inputs: MatrixType;
  readonly sums: Sums;
}

interface Types extends Combination {
  /** Values of K in the standard suite: what devices list for these types. */
  readonly depths: readonly number[];
  readonly suites: readonly ('quick' | 'standard')[];
}

interface Shape {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly chains: number;
}

interface Axes extends Shape {
  readonly loops: number;
  readonly groups: number;
  readonly WORKGROUP_SIZE: number;
}

function coopmat({ depths, suites, ...types }: Types): Benchmark {
  const { inputs, sums } = types;
  return defineBenchmark({
    name: `coopmat-${inputs}-${sums}`,
    summary: `Peak rate of matrix units: ${inputs} × ${inputs} with sums of ${sums} (cooperative matrices)`,
    kind: 'throughput',
    category: 'matrix',
    explanation: EXPLANATION,
    axes: {
      M: [16],
      N: [16],
      K: depths,
      chains: [4],
      loops: [sums === 'f16' ? 60 : 100],
      groups: [4096],
      WORKGROUP_SIZE: [128],
    },
    suites: suitesOf(suites, depths),
    requires: (axes) => problemOf(types, axes),
    needs: matrixNeeds(inputs, EXTENSION),
    skips: (axes, device) => obstacleTo(types, axes, device),
    buffers: {
      a: {
        type: matrixElements(inputs),
        elements: ({ M, K }) => M * K,
        fill: integersOf(types),
      },
      b: {
        type: matrixElements(inputs),
        elements: ({ K, N, chains }) => chains * K * N,
        fill: keepsSmall(types) ? selectionsOf(inputs) : integersOf(types),
      },
      result: {
        type: matrixElements(sums),
        elements: ({ M, N, groups }) => groups * TILES * M * N,
        fill: 'poison',
      },
    },
    work: ({ M, N, K, chains, loops, groups, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `coopmat-${inputs}-${sums}`,
        constants: { WORKGROUP_SIZE, M, N, K, CHAINS: chains },
        push: { loops },
        groups: [groups, 1, 1],
      },
    ],
    ...rateOf(inputs),
    doubles: 'loops',
    verify: (axes, { inputs: { a, b }, outputs: { result } }) => {
      const step = stepSums(axes, decodeMatrix(inputs, a as Elements), decodeMatrix(inputs, b as Elements));
      return compareResult(axes, step, decodeMatrix(sums, result as Elements));
    },
  });
}

function obstacleTo(types: Combination, axes: Axes, device: DeviceInfo): string | null {
  return firstOf(
    tileObstacle(device, { ...types, extension: EXTENSION, m: axes.M, n: axes.N, k: axes.K }),
    subgroupObstacle(device, axes.WORKGROUP_SIZE),
    slowInSoftware(device, operations(axes), SOFTWARE_OPERATIONS),
  );
}

function suitesOf(suites: Types['suites'], depths: readonly number[]): Benchmark<keyof Axes>['suites'] {
  const quick = { quick: { K: depths.slice(0, 1), groups: [1024] } };
  return {
    ...(suites.includes('quick') ? quick : {}),
    ...(suites.includes('standard') ? { standard: {} } : {}),
    full: { M: [8, 16], N: [8, 16], K: [8, 16, 32], chains: [1, 4, 8], loops: [30] },
  };
}

function compareResult(
  { M, N, chains, loops }: Axes,
  step: Float64Array,
  result: ArrayLike<number>,
): Verification {
  const start = (i: number): number => chains * (Math.floor(i / (M * N)) & 3);
  return compareElements(
    'result',
    result,
    (i) => start(i) + STEPS_PER_LOOP * loops * (step[i % (M * N)] as number),
  );
}

function problemOf(types: Combination, axes: Readonly<Axes>): string | null {
  const { M, N, K, chains, loops, groups } = axes;
  const perChain = STEPS_PER_LOOP * loops * (keepsSmall(types) ? 1 : K * LARGEST ** 2) + 3;
  return firstOf(
    ...Object.entries(axes).map(([name, value]) => positiveInteger(name, value)),
    oneOf('chains', chains, [1, 2, 4, 8]),
    // One subgroup may compute all tiles.
    tripCount('loops', loops, TILES),
    perChain <= (isFloat8(types.inputs) ? EXACT_OF_FLOAT8 : EXACT[types.sums]) &&
      chains * perChain <= EXACT[types.sums]
      ? null
      : `${loops} loops of ${chains} chains: sums of ${types.sums} would not be exact`,
    groups <= MOST_GROUPS && 4 * groups * TILES * M * N <= MOST_RESULT_BYTES
      ? null
      : 'more results than a buffer of 128 MiB holds',
  );
}

/** Floating point is counted as such, integers as operations. */
function rateOf(
  inputs: MatrixType,
): Pick<Benchmark<keyof Axes>, 'flops' | 'flopType' | 'isRoof' | 'items' | 'itemName'> {
  const isInteger = inputs === 's8' || inputs === 'u8';
  if (isInteger) return { items: operations, itemName: 'ops' };
  return { flops: operations, flopType: isFloat8(inputs) ? 'matrix8' : 'matrix16', isRoof: true };
}

function operations({ M, N, K, chains, loops, groups }: Readonly<Axes>): number {
  return 2 * M * N * K * STEPS_PER_LOOP * loops * chains * TILES * groups;
}

/** Whether the sums of a combination are exact only while they are small. */
function keepsSmall({ inputs, sums }: Combination): boolean {
  return sums === 'f16' || isFloat8(inputs);
}

function isFloat8(type: MatrixType): boolean {
  return type === 'e4m3' || type === 'e5m2';
}

function integersOf(types: Combination): ReturnType<typeof fillIntegers> {
  const largest = keepsSmall(types) ? 1 : LARGEST;
  return fillIntegers(types.inputs === 'u8' ? 0 : -largest, largest, encodeMatrix(types.inputs));
}

/** Every column of every chain's B is zero but for a one: A B then holds elements of A. */
function selectionsOf(type: MatrixType): (into: Elements, shape: Shape, random: Random) => void {
  return (into, { N, K, chains }, random) => {
    const one = encodeMatrix(type)(1);
    into.fill(0);
    for (let column = 0; column < chains * N; column++) {
      const chain = Math.floor(column / N);
      into[(chain * K + Math.floor(random() * K)) * N + (column % N)] = one;
    }
  };
}

/** What one step of all chains together adds to a result. */
function stepSums({ M, N, K, chains }: Shape, a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(M * N);
  for (let row = 0; row < M; row++) {
    for (let index = 0; index < chains * K; index++) {
      const factor = a[row * K + (index % K)] as number;
      for (let column = 0; column < N; column++)
        sums[row * N + column] =
          (sums[row * N + column] as number) + factor * (b[index * N + column] as number);
    }
  }
  return sums;
}

export default [
  coopmat({ inputs: 'f16', sums: 'f16', depths: [16], suites: ['standard'] }),
  coopmat({ inputs: 'f16', sums: 'f32', depths: [16], suites: ['quick', 'standard'] }),
  coopmat({ inputs: 'bf16', sums: 'f32', depths: [16], suites: ['standard'] }),
  coopmat({ inputs: 's8', sums: 's32', depths: [16, 32], suites: ['standard'] }),
  coopmat({ inputs: 'u8', sums: 'u32', depths: [16, 32], suites: [] }),
  coopmat({ inputs: 'e4m3', sums: 'f32', depths: [16, 32], suites: ['standard'] }),
  coopmat({ inputs: 'e5m2', sums: 'f32', depths: [16, 32], suites: [] }),
];
