// An exclusive prefix sum, the building block of sorting and compaction, by reduce-then-scan.
import { compareElements, defineBenchmark } from 'guestmark';
import { wholeSubgroups } from '../parts/whole-subgroups.ts';
import { firstOf, multipleOf, positiveInteger } from '../parts/workgroup.ts';

/** Integers of a workgroup's tile, for each of its invocations. */
const TILE = 16;

/** How the array is divided: vec4s of a workgroup, a whole number of tiles, and how many workgroups that gives. */
function partsOf(n: number, WORKGROUP_SIZE: number, groups: number): { part: number; used: number } {
  const tiles = Math.ceil(n / (TILE * WORKGROUP_SIZE));
  const tilesEach = Math.ceil(tiles / groups);
  return { part: (tilesEach * TILE * WORKGROUP_SIZE) / 4, used: Math.ceil(tiles / tilesEach) };
}

export default defineBenchmark({
  name: 'scan',
  summary: 'Exclusive prefix sum of n unsigned integers in three dispatches, counted as 8 n bytes',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Reduce, then scan: one dispatch sums a contiguous part of the array per workgroup, a second scans these sums in one workgroup, a third scans every part from its offset on. Workgroups scan with subgroup arithmetic, of any subgroup size. A single pass with decoupled look-back reads the array once less, but its workgroups wait for one another, and Vulkan promises no forward progress between workgroups.',
    limit:
      'Memory. The bytes are what any scan must move, one read and one write of the array; this one reads twice, so 2/3 of the bandwidth of a copy is its own limit where the array is larger than the caches. A software device is limited by generated code and by its barriers.',
    verification: 'Every element equals the sum of those before it modulo 2^32, exactly.',
    sources: [
      'D. Merrill and M. Garland, Single-pass parallel prefix scan with decoupled look-back, NVIDIA NVR-2016-002',
      'SHOC, Scan',
    ],
  },
  axes: { n: [2 ** 20], WORKGROUP_SIZE: [256], groups: [1024] },
  suites: {
    quick: {},
    standard: { n: [2 ** 16, 2 ** 20, 2 ** 24] },
    full: { n: [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26].map((log) => 2 ** log) },
  },
  requires: ({ n, WORKGROUP_SIZE, groups }) =>
    firstOf(multipleOf('n', n, 4), wholeSubgroups(WORKGROUP_SIZE), positiveInteger('groups', groups)),
  buffers: {
    x: { type: 'u32', elements: ({ n }) => n, fill: 'random' },
    sums: { type: 'u32', elements: ({ groups }) => groups, fill: 'poison' },
    y: { type: 'u32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: ({ n, WORKGROUP_SIZE, groups }) => {
    const { part, used } = partsOf(n, WORKGROUP_SIZE, groups);
    const constants = { WORKGROUP_SIZE };
    return [
      { op: 'dispatch', shader: 'scan-reduce', constants, push: { n, part }, groups: [used, 1, 1] },
      { op: 'dispatch', shader: 'scan-sums', constants, push: { count: used }, groups: [1, 1, 1] },
      {
        op: 'dispatch',
        shader: 'scan-blocks',
        constants,
        push: { n, part },
        buffers: { offsets: 'sums' },
        groups: [used, 1, 1],
      },
    ];
  },
  bytes: ({ n }) => 8 * n,
  items: ({ n }) => n,
  itemName: 'elements',
  verify: (_, { inputs, outputs }) => {
    const x = inputs.x as Uint32Array;
    let sum = 0;
    return compareElements('y', outputs.y as Uint32Array, (i) => {
      const before = sum;
      sum = (sum + (x[i] as number)) >>> 0;
      return before;
    });
  },
});
