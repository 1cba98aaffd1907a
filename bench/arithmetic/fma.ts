// Peak arithmetic in floating point: fused multiply-add by type, width, number of independent chains and shape. Which of
// them is fastest depends on the device, so its peak is the largest of all. The result depends on the trip count: a driver
// that drops iterations fails the verification instead of looking fast.
import { type Benchmark, compareElements, defineBenchmark, type RoofType } from 'guestmark';
import {
  expectedResults,
  kernelOf,
  type MultiplyAddAxis,
  multiplyAddProblem,
  multiplyAdds,
} from '../parts/multiply-add.ts';
import { orbitFrom, QUADRATIC_CONSTANT } from '../parts/multiply-add-orbit.ts';
import { slowInSoftware } from '../parts/software.ts';

type Values = Partial<Record<MultiplyAddAxis, readonly number[]>>;

interface Variant {
  readonly name: string;
  readonly what: string;
  readonly limit: string;
  readonly flopType: RoofType;
  readonly isRoof: boolean;
  readonly needs?: readonly string[];
  /** What one core of a CPU was measured to do a second, where that is little. */
  readonly softwareFlops?: number;
  /** Of the quick case, with the best width and number of chains on lavapipe. */
  readonly axes: Readonly<Record<'invocations' | 'loops' | 'width' | 'chains' | 'shape', readonly number[]>>;
  readonly isQuick: boolean;
  readonly standard: Values;
  readonly full: Values;
}

const SOURCES = [
  'vkpeak, clpeak and uVkCompute measure the same with one chain or two',
  'Vulkan specification, Precision and Operation of SPIR-V Instructions',
];

function fma(variant: Variant): Benchmark {
  const { name, what, limit, flopType, isRoof, needs, softwareFlops = Number.POSITIVE_INFINITY } = variant;
  return defineBenchmark({
    name,
    summary: `Peak rate of fused multiply-add ${what}`,
    kind: 'throughput',
    category: 'arithmetic',
    explanation: {
      method:
        'Every invocation runs independent chains of 16 multiply-adds per loop in registers, in straight-line code, and stores one number. Shape 0 is x = a x + b, shape 1 is x = x x + c; width is the number of components of a chain.',
      limit,
      verification:
        'Every element, exactly: the last values of all chains and the sum of one over all loops. All values are small dyadic numbers, exact in every type whether a device fuses or not and however it rounds. A lost loop or a lost multiply-add of any chain shows.',
      sources: SOURCES,
    },
    axes: { ...variant.axes, WORKGROUP_SIZE: [256] },
    suites: {
      ...(variant.isQuick ? { quick: {} } : {}),
      standard: variant.standard,
      full: variant.full,
    },
    requires: multiplyAddProblem,
    skips: (axes, device) => slowInSoftware(device, 2 * multiplyAdds(axes), softwareFlops),
    ...(needs === undefined ? {} : { needs }),
    buffers: {
      result: {
        type: flopType === 'f64' ? 'f64' : 'f32',
        elements: ({ invocations }) => invocations,
        fill: 'poison',
      },
    },
    work: ({ invocations, loops, width, chains, shape, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: kernelOf(name, width),
        constants: { WORKGROUP_SIZE, CHAINS: chains, SHAPE: shape },
        push: { loops, a: 1, b: 1, c: QUADRATIC_CONSTANT },
        groups: [invocations / WORKGROUP_SIZE, 1, 1],
      },
    ],
    flops: (axes) => 2 * multiplyAdds(axes),
    flopType,
    isRoof,
    doubles: 'loops',
    verify: ({ loops, width, chains, shape }, { outputs }) => {
      const expected = expectedResults<number>(outputs.result?.length ?? 0, {
        components: width * chains,
        orbitFrom: (place) => orbitFrom(place, shape, loops),
        total: (values) => values.reduce((sum, value) => sum + value, 0),
      });
      return compareElements(
        'result',
        outputs.result as Float32Array | Float64Array,
        (i) => expected[i % expected.length] as number,
      );
    },
  });
}

const REGISTERS =
  'The multiply-add units, where the chains are enough to hide the latency of one and few enough to stay in registers. On a software device a chain takes a vector register: about 12 scalar ones fit the 16 of x86-64, and more spill.';

export default [
  fma({
    name: 'fma-f32',
    what: 'in single precision',
    limit: REGISTERS,
    flopType: 'f32',
    isRoof: true,
    axes: { invocations: [2 ** 18], loops: [16], width: [1], chains: [12], shape: [1] },
    isQuick: true,
    standard: { invocations: [2 ** 20], loops: [32], chains: [4, 12], shape: [0, 1] },
    full: {
      invocations: [2 ** 20],
      loops: [32],
      width: [1, 2, 4],
      chains: [1, 2, 4, 8, 12, 14],
      shape: [0, 1],
    },
  }),
  fma({
    name: 'fma-f64',
    what: 'in double precision',
    limit: `${REGISTERS} GPUs for graphics have few such units: 1/16 to 1/64 of those for single precision.`,
    flopType: 'f64',
    isRoof: true,
    needs: ['shaderFloat64'],
    axes: { invocations: [2 ** 17], loops: [16], width: [1], chains: [12], shape: [0] },
    isQuick: true,
    standard: { invocations: [2 ** 20], chains: [4, 12] },
    full: { invocations: [2 ** 20], width: [1, 4], chains: [1, 4, 12], shape: [0, 1] },
  }),
  fma({
    name: 'fma-f16',
    what: 'in half precision (packed from width 2)',
    limit: `${REGISTERS} GPUs pack two half floats into a register and do both at once: only widths 2 and 4 can show their rate. A software device converts every operand.`,
    flopType: 'f16',
    isRoof: true,
    needs: ['shaderFloat16'],
    softwareFlops: 7e9,
    axes: { invocations: [2 ** 14], loops: [16], width: [2], chains: [8], shape: [1] },
    isQuick: true,
    // 8 loops for a software device; on a GPU they are as short as a launch, which 128 hide.
    standard: { invocations: [2 ** 20], loops: [8, 128], width: [2, 4], chains: [4] },
    full: { invocations: [2 ** 20], loops: [8, 128], width: [1, 2, 4], chains: [1, 4], shape: [0, 1] },
  }),
  fma({
    name: 'fma-mixed',
    what: 'of half floats, summed in single precision',
    limit: `${REGISTERS} The chains pass through half floats once in 16 steps, which costs a conversion each; a software device makes that of many instructions.`,
    flopType: 'f32',
    isRoof: false,
    needs: ['shaderFloat16'],
    axes: { invocations: [2 ** 16], loops: [16], width: [1], chains: [12], shape: [1] },
    isQuick: false,
    standard: { invocations: [2 ** 20] },
    full: { invocations: [2 ** 20], width: [1, 2], chains: [1, 4, 12] },
  }),
];
