// The roofline of a device, measured: one kernel whose arithmetic intensity goes from a copy to pure arithmetic. Its rate
// rises with the intensity as long as memory limits it, and then stays.
import { compareElements, defineBenchmark } from 'guestmark';
import { fillIntegers } from '../parts/small-integers.ts';
import { atMost, firstOf, MOST_GROUPS, multipleOf, positiveInteger } from '../parts/workgroup.ts';

/** Floats in the registers of an invocation. */
const PER_INVOCATION = 12;
const FMAS_PER_TURN = 32;
/** Sums of whole numbers are exact below 2^24. */
const MOST_INPUT = 2 ** 22;
const MOST_FMAS = 4096;

/** 26 points from 0 to 256 flop per byte. */
const SWEEP: readonly number[] = [
  0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 112, 128, 160, 192, 256, 384, 512, 1024,
];

function groupsOf(n: number, WORKGROUP_SIZE: number): number {
  return n / (PER_INVOCATION * WORKGROUP_SIZE);
}

export default defineBenchmark<'n' | 'fmas' | 'WORKGROUP_SIZE'>({
  name: 'roofline',
  summary: 'Bandwidth and arithmetic of one kernel at an intensity of fmas / 4 flop per byte',
  kind: 'throughput',
  category: 'models',
  explanation: {
    method:
      'Every invocation reads 12 floats, applies so many multiply-adds to each (0 to 1024, in 12 independent chains), and writes them. 8 bytes and 2 fmas operations an element make an intensity of fmas / 4 flop per byte.',
    limit:
      'The lower of two roofs: the bandwidth of copy times the intensity, and the peak of fma-f32. Near the ridge, where both are equal, devices reach less than either. On a software device generated code for loads and stores is the slanted roof, not memory.',
    verification:
      'Every element of y, exactly: that of x plus the number of multiply-adds. The inputs are random whole numbers, and all sums are exactly representable.',
    sources: [
      'S. Williams, A. Waterman, D. Patterson, Roofline: an insightful visual performance model, 2009',
      'mixbench and gpu-benches sweep the intensity in the same way',
    ],
  },
  axes: { n: [3 * 2 ** 20], fmas: [0, 512], WORKGROUP_SIZE: [256] },
  suites: {
    standard: { n: [24 * 2 ** 20], fmas: [0, 4, 16, 32, 64, 128, 256] },
    full: { n: [24 * 2 ** 20], fmas: SWEEP },
  },
  requires: ({ n, fmas, WORKGROUP_SIZE }) =>
    firstOf(
      positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
      multipleOf('n', n, PER_INVOCATION * WORKGROUP_SIZE),
      Number.isInteger(fmas) && fmas >= 0 ? null : 'fmas is not a whole number',
      atMost('fmas', fmas, MOST_FMAS, 'the result would not be exact'),
      atMost('the number of workgroups', groupsOf(n, WORKGROUP_SIZE), MOST_GROUPS),
    ),
  buffers: {
    x: {
      type: 'f32',
      elements: ({ n }) => n,
      fill: fillIntegers(0, MOST_INPUT - 1),
    },
    y: { type: 'f32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: ({ n, fmas, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'roofline',
      constants: { WORKGROUP_SIZE, FMAS: fmas },
      push: { n, turns: Math.floor(fmas / FMAS_PER_TURN), a: 1, b: 1 },
      groups: [groupsOf(n, WORKGROUP_SIZE), 1, 1],
    },
  ],
  bytes: ({ n }) => 8 * n,
  flops: ({ n, fmas }) => 2 * fmas * n,
  isRoof: true,
  verify: ({ fmas }, { inputs, outputs }) => {
    const x = inputs.x as Float32Array;
    return compareElements('y', outputs.y as Float32Array, (i) => (x[i] as number) + fmas);
  },
});
