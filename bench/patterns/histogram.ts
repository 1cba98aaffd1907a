// A histogram of 256 bins, once with atomics in shared memory and once in global memory only: beside each
// other they show what shared atomics are worth.
import {
  type AxisPoint,
  type Benchmark,
  compareElements,
  defineBenchmark,
  type Elements,
  type Random,
} from 'guestmark';
import { firstOf, MOST_GROUPS, positiveInteger, stridedGroups } from '../parts/workgroup.ts';

type Shape = AxisPoint<'n' | 'WORKGROUP_SIZE' | 'skew'>;

const BINS = 256;
/** The key that the skewed ones have. */
const COMMON_KEY = 77;

/** Many keys repeat the first ones; the period is a prime, so no power-of-two stride meets it. */
const RANDOM_PERIOD = 1_048_573;

/** Four keys a word; `skew` percent of them are the same key, the others random. */
function fillKeys(into: Elements, { skew }: Shape, random: Random): void {
  const keys = new Uint8Array(into.buffer);
  const shareSkewed = skew / 100;
  const drawn = Math.min(RANDOM_PERIOD, keys.length);
  for (let i = 0; i < drawn; i++) keys[i] = random() < shareSkewed ? COMMON_KEY : Math.floor(random() * BINS);
  for (let filled = drawn; filled < keys.length; filled += drawn) keys.copyWithin(filled, 0, drawn);
}

const SKEW =
  'A skew of 0 percent are evenly distributed keys; of s percent, s percent are one and the same key.';

const EXPLANATIONS = {
  shared: {
    method: `Every workgroup counts its keys in 256 bins of shared memory, an atomic for each key, and adds its bins to the result by one global atomic each at its end. ${SKEW}`,
    limit:
      'Atomics in shared memory, and with skewed keys those on the same address, which come one after the other: a device that can afford them reaches the bandwidth of reading one byte a key.',
  },
  global: {
    method: `Every key is one atomic on one of 256 addresses in global memory. ${SKEW}`,
    limit: 'Atomics in the last cache that all workgroups share, on few addresses; with skewed keys on one.',
  },
} as const;

const VERIFICATION =
  'Every bin holds exactly as many keys as were counted on the CPU, times the iterations that ran.';
const SOURCES = [
  'CUB, DeviceHistogram',
  'N. Sakharnykh, GPU Pro Tip: Fast histograms using shared atomics, 2015',
];

function histogram(memory: 'shared' | 'global', where: string, maxGroups: number): Benchmark {
  return defineBenchmark({
    name: `histogram-${memory}`,
    summary: `Histogram of 4 n keys of 8 bits, atomics in ${where}`,
    kind: 'throughput',
    category: 'patterns',
    explanation: { ...EXPLANATIONS[memory], verification: VERIFICATION, sources: SOURCES },
    axes: { n: [2 ** 20], WORKGROUP_SIZE: [256], skew: [0] },
    suites: {
      ...(memory === 'shared' && { quick: {} }),
      standard: { n: [(memory === 'shared' ? 16 : 4) * 2 ** 20] },
      full: { n: [2 ** 20, 16 * 2 ** 20], skew: [0, 50, 90, 100] },
    },
    requires: ({ n, WORKGROUP_SIZE, skew }) =>
      firstOf(
        positiveInteger('n', n),
        positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
        skew >= 0 && skew <= 100 ? null : 'skew is not between 0 and 100',
      ),
    buffers: {
      keys: { type: 'u32', elements: ({ n }) => n, fill: fillKeys },
      bins: { type: 'u32', elements: () => BINS },
    },
    work: ({ n, WORKGROUP_SIZE }) => [
      {
        op: 'dispatch',
        shader: `histogram-${memory}`,
        constants: { WORKGROUP_SIZE },
        push: { n },
        groups: stridedGroups(n, WORKGROUP_SIZE, maxGroups),
      },
    ],
    bytes: ({ n }) => 4 * n,
    // Four keys are packed in a word.
    items: ({ n }) => 4 * n,
    itemName: 'keys',
    // Every dispatch counts all keys once more.
    verify: (_, { inputs, outputs, iterations }) => {
      const counts = new Uint32Array(BINS);
      const keys = new Uint8Array((inputs.keys as Uint32Array).buffer);
      for (const key of keys) counts[key] = (counts[key] as number) + 1;
      const expected = (bin: number): number => Math.imul(counts[bin] as number, iterations) >>> 0;
      return compareElements('bins', outputs.bins as Uint32Array, expected);
    },
  });
}

export default [
  // Every workgroup merges 256 bins at its end: fewer groups merge less.
  histogram('shared', 'shared memory, merged per workgroup', 1024),
  histogram('global', 'global memory only', MOST_GROUPS),
];
