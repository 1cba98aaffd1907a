// Random numbers as a parallel program makes them: from a counter, so that any invocation can have any of them.
import { allOf, compareElements, defineBenchmark, type Elements, type Random } from 'guestmark';
import { KNOWN_ANSWERS, type PhiloxInput, philox4x32 } from '../parts/philox.ts';
import { sampledIndices } from '../parts/sampled-indices.ts';
import { firstOf, multipleOf, positiveInteger, stridedGroups } from '../parts/workgroup.ts';
import { compareWritten } from '../parts/written.ts';

/** Words that the CPU computes again; some 0.1 µs each. */
const MOST_WORDS = 2 ** 19;
/** Words of a stream in the buffer: counter, key, and two that are not used. */
const STREAM = 8;

/** Streams whose first element is a known answer, and a random one. The kernel adds its number to the first word. */
function fillStreams(into: Elements, workgroupSize: number, random: Random): void {
  for (let i = 0; i < into.length; i++) into[i] = Math.floor(random() * 2 ** 32);
  KNOWN_ANSWERS.forEach(([input], group) => {
    for (let word = 0; word < input.length; word++) into[STREAM * group + word] = input[word] as number;
    into[STREAM * group] = (input[0] - group * workgroupSize) >>> 0;
  });
}

/** Counter and key of an element. */
function inputOf(streams: Uint32Array, element: number, workgroupSize: number): PhiloxInput {
  const stream = Math.min(Math.floor(element / workgroupSize), KNOWN_ANSWERS.length);
  const [x = 0, y = 0, z = 0, w = 0, k0 = 0, k1 = 0] = streams.subarray(STREAM * stream);
  return [x + element, y, z, w, k0, k1];
}

export default defineBenchmark({
  name: 'philox',
  summary: 'Random words of 32 bits from Philox4x32-10 into memory, 4 n bytes',
  kind: 'throughput',
  category: 'patterns',
  explanation: {
    method:
      'Every invocation computes four words from a counter and a key and stores them as one; a grid-stride loop.',
    limit:
      'Ten rounds of two wide multiplications and four exclusive ors for every 16 bytes: on a GPU the integer multipliers or the memory, whichever is slower; on a software device the multiplications of the CPU.',
    verification:
      'Exactly: the three known answers of the generator’s authors, and the words of all workgroups up to half a million words, else of workgroups spread evenly, against the generator in JavaScript; all others are written.',
    sources: [
      'J. K. Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC’11',
      'Random123, kat_vectors',
    ],
  },
  axes: { n: [16 * 2 ** 20], WORKGROUP_SIZE: [256] },
  suites: {
    standard: {},
    full: { n: [2 ** 20, 16 * 2 ** 20, 64 * 2 ** 20], WORKGROUP_SIZE: [64, 256, 1024] },
  },
  requires: ({ n, WORKGROUP_SIZE }) =>
    firstOf(
      positiveInteger('WORKGROUP_SIZE', WORKGROUP_SIZE),
      multipleOf('n', n, 4 * WORKGROUP_SIZE),
      n > 4 * KNOWN_ANSWERS.length * WORKGROUP_SIZE ? null : 'n is less than the words of four workgroups',
    ),
  buffers: {
    streams: {
      type: 'u32',
      elements: () => STREAM * (KNOWN_ANSWERS.length + 1),
      fill: (into, { WORKGROUP_SIZE }, random) => fillStreams(into, WORKGROUP_SIZE, random),
    },
    numbers: { type: 'u32', elements: ({ n }) => n, fill: 'poison' },
  },
  work: ({ n, WORKGROUP_SIZE }) => [
    {
      op: 'dispatch',
      shader: 'philox',
      constants: { WORKGROUP_SIZE },
      push: { n },
      groups: stridedGroups(n / 4, WORKGROUP_SIZE),
    },
  ],
  bytes: ({ n }) => 4 * n,
  items: ({ n }) => n,
  itemName: 'numbers',
  verify: ({ n, WORKGROUP_SIZE }, { inputs, outputs }) => {
    const streams = inputs.streams as Uint32Array;
    const numbers = outputs.numbers as Uint32Array;
    const words = 4 * WORKGROUP_SIZE;
    const expected = new Uint32Array(words);
    const compareGroup = (group: number): ReturnType<typeof compareElements> => {
      for (let lane = 0; lane < WORKGROUP_SIZE; lane++)
        philox4x32(inputOf(streams, group * WORKGROUP_SIZE + lane, WORKGROUP_SIZE), expected, 4 * lane);
      const actual = numbers.subarray(group * words, (group + 1) * words);
      return compareElements(`numbers of workgroup ${group}`, actual, expected);
    };
    const known = KNOWN_ANSWERS.map(([, answer], group) => {
      const actual = numbers.subarray(group * words, group * words + 4);
      return compareElements(`known answer ${group}`, actual, answer);
    });
    const sampled = sampledIndices(n / words, MOST_WORDS / words).map(compareGroup);
    return allOf(...known, ...sampled, compareWritten('numbers', numbers));
  },
});
