// The rate of one arithmetic operation at a time: what beside the multiply-add is cheap on a device, and what is not.
import { type Benchmark, defineBenchmark } from 'guestmark';
import { arithmeticOp, parametersOf } from '../parts/arithmetic-op.ts';
import { loopProblem, STEPS_PER_LOOP } from '../parts/multiply-add.ts';
import { verifyOp } from '../parts/op-reference.ts';

const TYPES = {
  f32: 'single precision',
  f64: 'double precision',
  i32: '32-bit integers',
  i64: '64-bit integers',
};

interface Sizes {
  readonly invocations: number;
  readonly chains: number;
  /** Iterations of the kernel's loop with the many invocations of the standard suite. */
  readonly manyLoops: number;
  readonly suites: readonly ('quick' | 'standard')[];
}

function rate(name: string, { invocations, chains, manyLoops, suites }: Sizes): Benchmark {
  const op = arithmeticOp(name);
  const many = { invocations: [2 ** 20], loops: [manyLoops] };
  return defineBenchmark<'invocations' | 'loops' | 'chains' | 'WORKGROUP_SIZE'>({
    name,
    summary: `Rate of ${op.what} in ${TYPES[op.type]}`,
    kind: 'throughput',
    category: 'arithmetic',
    explanation: {
      method:
        'Every invocation runs independent chains of the operation in registers, 16 steps per loop, and stores one number. Operations that converge or run away begin anew with every loop, which costs one multiply-add for 16 of them.',
      limit:
        'The units for the operation: multipliers and adders, or the special function units of a GPU, which are 4 to 16 times fewer. On GPUs divisions and 64-bit integers are sequences of instructions. A CPU, and so a software device, has instructions for addition, multiplication, division and root in floating point; the rest are sequences, and integer divisions are done one by one.',
      verification:
        op.type === 'i32' || op.type === 'i64'
          ? 'Every element, exactly: the last values of all chains and the sum of one over all loops, modulo 2^32 (of 64 bits both halves).'
          : 'Every element: the last values of all chains and the sum of one over all loops, in double precision. Each step may be off by as many ulps as the precision tables of the Vulkan specification allow (2.5 for a division, 4.5 for a root, 3 + 2|x| for 2^x, 2^-11 for a sine; none for additions and multiplications, whose values are exactly representable), which the steps behind it carry on; each addition to the sum may round by one ulp.',
      sources: [
        'Vulkan specification, Precision and Operation of SPIR-V Instructions',
        'GPUPerfTests and gpu-benches measure such rates on one shape',
      ],
    },
    axes: { invocations: [invocations], loops: [16], chains: [chains], WORKGROUP_SIZE: [256] },
    suites: {
      ...(suites.includes('quick') ? { quick: {} } : {}),
      ...(suites.includes('standard') ? { standard: many } : {}),
      full: many,
    },
    requires: loopProblem,
    ...(op.needs === undefined ? {} : { needs: op.needs }),
    buffers: {
      result: {
        type: op.type === 'i64' ? 'i32' : op.type,
        elements: (axes) => axes.invocations,
        fill: 'poison',
      },
    },
    work: (axes) => [
      {
        op: 'dispatch',
        shader: `op-${name}`,
        constants: { WORKGROUP_SIZE: axes.WORKGROUP_SIZE, CHAINS: axes.chains },
        push: { loops: axes.loops, ...parametersOf(op), zero: 0 },
        groups: [axes.invocations / axes.WORKGROUP_SIZE, 1, 1],
      },
    ],
    items: (axes) => STEPS_PER_LOOP * axes.loops * axes.chains * axes.invocations,
    itemName: 'ops',
    doubles: 'loops',
    verify: (axes, { outputs }) => verifyOp(op, axes, outputs.result as Float32Array),
  });
}

/** A step is one instruction on all devices. */
const LIGHT: Sizes = { invocations: 2 ** 17, chains: 8, manyLoops: 16, suites: [] };
/** A step is an instruction with a narrow unit of its own, or a few instructions. */
const SPECIAL: Sizes = { invocations: 2 ** 16, chains: 8, manyLoops: 4, suites: [] };
/** A step is a sequence of instructions on some devices. */
const LONG: Sizes = { invocations: 2 ** 15, chains: 8, manyLoops: 2, suites: [] };
/** A step is a sequence of instructions on all devices, or a loop over the lanes. */
const DIVISION: Sizes = { invocations: 2 ** 13, chains: 4, manyLoops: 1, suites: [] };
const STANDARD = ['standard'] as const;

export default [
  rate('add-f32', LIGHT),
  rate('mul-f32', LIGHT),
  rate('div-f32', { ...SPECIAL, suites: STANDARD }),
  rate('rcp-f32', SPECIAL),
  rate('sqrt-f32', { ...SPECIAL, suites: STANDARD }),
  rate('rsqrt-f32', { ...SPECIAL, suites: STANDARD }),
  rate('exp2-f32', { ...LONG, suites: ['standard'] }),
  rate('log2-f32', LONG),
  rate('sin-f32', { ...LONG, suites: STANDARD }),
  rate('pow-f32', LONG),
  rate('add-f64', LIGHT),
  rate('mul-f64', LIGHT),
  rate('div-f64', { ...SPECIAL, suites: STANDARD }),
  rate('sqrt-f64', SPECIAL),
  rate('mul-i32', LIGHT),
  rate('div-i32', { ...DIVISION, suites: STANDARD }),
  rate('rem-i32', DIVISION),
  rate('mul-i64', LIGHT),
  rate('div-i64', DIVISION),
];
