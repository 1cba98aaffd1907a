// The device works in the memory of the CPU, without a copy: bandwidth of its reads and writes, and the time of one load.
import { compareElements, defineBenchmark } from 'guestmark';
import { chase } from '../parts/chase.ts';
import { firstOf, multipleOf, positiveInteger, stridedGroups } from '../parts/workgroup.ts';

/** Workgroups enough for the loads and stores that a bus has under way, and for any compute units. */
const MOST_WORKGROUPS = 2048;
/** 4 KiB to 256 MiB. */
const SIZES = [12, 14, 16, 18, 20, 22, 24, 26, 28].map((n) => 2 ** n);

const LIMIT =
  'The bus between device and memory on a discrete GPU (PCI Express: near 13 GB/s with 16 lanes of generation 3, 26 of 4, 52 of 5), for small sizes its latency. Where the device has no memory of its own it is the same memory as any. What a cache of the device keeps between two iterations is not read again. On a software device generated code limits it.';

type Axes = Readonly<Record<'bytes' | 'WORKGROUP_SIZE', number>>;

const requires = ({ bytes, WORKGROUP_SIZE }: Axes): string | null =>
  firstOf(multipleOf('bytes', bytes, 16), positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE));

const groupsOf = ({ bytes, WORKGROUP_SIZE }: Axes): readonly [number, number, number] =>
  stridedGroups(bytes / 16, WORKGROUP_SIZE, MOST_WORKGROUPS);

const invocationsOf = (axes: Axes): number => groupsOf(axes)[0] * axes.WORKGROUP_SIZE;

const read = defineBenchmark({
  name: 'zero-copy-read',
  summary: 'Bandwidth of the device reading memory that the CPU writes to',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'Every invocation reads 16 bytes at a time of a buffer in host-visible memory, in a grid-stride loop, adds them up and writes one word to memory of the device. The buffer is of the type that suits writing by the CPU: memory of the machine where there is a choice.',
    limit: LIMIT,
    verification:
      'The weighted sum of every invocation is compared with that on the CPU, exactly, modulo 2^32: it depends on every word and on the order of vectors.',
    sources: ['HeCBench, zerocopy', 'Chips and Cheese, GPUPerfTests, uplink tests'],
  },
  axes: { bytes: [2 ** 26], WORKGROUP_SIZE: [256] },
  suites: { standard: {}, host: { bytes: [2 ** 24] }, full: { bytes: SIZES } },
  requires,
  buffers: {
    x: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: 'upload', fill: 'random' },
    sums: { type: 'u32', elements: invocationsOf, fill: 'poison' },
  },
  work: (axes) => [
    {
      op: 'dispatch',
      shader: 'zero-copy-read',
      constants: { WORKGROUP_SIZE: axes.WORKGROUP_SIZE },
      push: { n: axes.bytes / 4 },
      groups: groupsOf(axes),
    },
  ],
  bytes: ({ bytes }) => bytes,
  verify: (axes, { inputs, outputs }) => {
    const sums = sumsOf(inputs.x as Uint32Array, invocationsOf(axes));
    return compareElements('sums', outputs.sums as Uint32Array, sums);
  },
});

/** What every invocation adds up, modulo 2^32. */
function sumsOf(x: Uint32Array, invocations: number): Uint32Array {
  const sums = new Uint32Array(invocations);
  const word = (i: number): number => x[i] as number;
  for (let vector = 0; vector < x.length / 4; vector++) {
    const [at, invocation] = [4 * vector, vector % invocations];
    // Below 2^37: exact, and the array keeps the low 32 bits.
    const added = word(at) + 3 * word(at + 1) + 7 * word(at + 2) + 11 * word(at + 3);
    sums[invocation] = 5 * (sums[invocation] as number) + added;
  }
  return sums;
}

/** 2^32 over the golden ratio (D. E. Knuth, The Art of Computer Programming 3, section 6.4): indices differ in all bits. */
const FACTOR = 2654435761;

const write = defineBenchmark({
  name: 'zero-copy-write',
  summary: 'Bandwidth of the device writing memory that the CPU reads from',
  kind: 'throughput',
  category: 'memory',
  explanation: {
    method:
      'Every invocation writes 16 bytes at a time to a buffer in host-visible memory, in a grid-stride loop. The buffer is of the type that suits reading by the CPU: cached memory of the machine where there is a choice.',
    limit: LIMIT,
    verification:
      'Every word is compared exactly with what its index and four random words give; the buffer is poisoned before.',
    sources: ['HeCBench, zerocopy', 'Chips and Cheese, GPUPerfTests, uplink tests'],
  },
  axes: { bytes: [2 ** 26], WORKGROUP_SIZE: [256] },
  suites: { standard: {}, full: { bytes: SIZES } },
  requires,
  buffers: {
    salt: { type: 'u32', elements: () => 4, fill: 'random' },
    y: { type: 'u32', elements: ({ bytes }) => bytes / 4, memory: 'download', fill: 'poison' },
  },
  work: (axes) => [
    {
      op: 'dispatch',
      shader: 'zero-copy-write',
      constants: { WORKGROUP_SIZE: axes.WORKGROUP_SIZE },
      push: { n: axes.bytes / 4 },
      groups: groupsOf(axes),
    },
  ],
  bytes: ({ bytes }) => bytes,
  verify: (_, { inputs, outputs }) => {
    const salt = inputs.salt as Uint32Array;
    const expected = (i: number): number => ((salt[i % 4] as number) ^ Math.imul(i >>> 2, FACTOR)) >>> 0;
    return compareElements('y', outputs.y as Uint32Array, expected);
  },
});

const latency = chase({
  name: 'zero-copy-chase',
  kernel: 'pointer-chase-vector',
  memory: 'upload',
  summary: 'Time of a dependent load of the device from memory that the CPU writes to',
  explanation: {
    method:
      'As pointer-chase, in a region of host-visible memory of the type that suits writing by the CPU: memory of the machine where there is a choice.',
    limit:
      'A round trip over the bus on a discrete GPU (about a microsecond), unless a cache of the device keeps such memory. Where the device has no memory of its own it equals pointer-chase.',
    sources: ['Chips and Cheese, GPUPerfTests, uplink latency'],
  },
  axes: { bytes: [2 ** 26], stride: [128], hops: [4096] },
  suites: { standard: {}, full: { bytes: SIZES } },
});

export default [read, write, latency];
