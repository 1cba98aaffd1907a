// The STREAM triad (McCalpin, 1995): two reads and a write per element.
import { compareElements, defineBenchmark } from 'guestmark';

const S = 3;

export default defineBenchmark({
  name: 'triad',
  summary: 'Memory bandwidth of the STREAM triad a[i] = b[i] + s c[i], over 12 n bytes',
  kind: 'throughput',
  category: 'memory',
  axes: { n: [16 * 2 ** 20], WORKGROUP_SIZE: [256] },
  suites: {
    quick: {},
    standard: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20, 64 * 2 ** 20] },
    full: { n: [2 ** 20, 16 * 2 ** 20, 32 * 2 ** 20, 64 * 2 ** 20] },
  },
  requires: ({ n, WORKGROUP_SIZE }) => {
    if (n % 4 !== 0) return 'n is not a multiple of 4';
    return Number.isInteger(WORKGROUP_SIZE) && WORKGROUP_SIZE > 0
      ? null
      : 'WORKGROUP_SIZE is not a positive integer';
  },
  buffers: {
    a: { type: 'f32', elements: ({ n }) => n },
    b: { type: 'f32', elements: ({ n }) => n, fill: (into, _, random) => fillIntegers(into, random) },
    c: { type: 'f32', elements: ({ n }) => n, fill: (into, _, random) => fillIntegers(into, random) },
  },
  work: ({ n, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'triad',
      constants: { WORKGROUP_SIZE },
      push: { n, s: S },
      groups: [Math.min(65535, Math.ceil(n / 4 / WORKGROUP_SIZE)), 1, 1],
    },
  ],
  bytes: ({ n }) => 12 * n,
  verify: (_, { inputs, outputs }) => {
    const { b, c } = inputs as { b: Float32Array; c: Float32Array };
    return compareElements('a', outputs.a as Float32Array, (i) => (b[i] as number) + S * (c[i] as number));
  },
});

/** Small integers: b + s c is then exact, whether the device fuses the multiply-add or not. */
function fillIntegers(
  into: { [index: number]: number; readonly length: number },
  random: () => number,
): void {
  for (let i = 0; i < into.length; i++) into[i] = Math.floor(random() * 2048) - 1024;
}
