// Mistakes in the kernels of the STREAM set, in how they lay out their invocations, and in reading and writing alone.
import type { Mutant } from '../mutant.ts';

const copy = 'copy[n=16Ki,width=4]';
const triad = 'triad[n=16Ki]';
const dot = 'dot[n=256Ki]';
const read = 'read[n=256Ki,width=4]';
const LAST_CHUNK = ['chunk < walk.end', 'chunk + 1u < walk.end'] as const;
const ONE_CHUNK = ['take(pieceOf(walk.first));', 'if (walk.first != 1u) take(pieceOf(walk.first));'] as const;

const mutants: readonly Mutant[] = [
  {
    kernel: 'copy-w4',
    replace: ['moved[j] = x[i + j * ROW]', 'moved[j] = x[(i + j * ROW) ^ 1u]'],
    caught: copy,
  },
  {
    kernel: 'copy-w4',
    replace: ['y[i + j * ROW] = moved[j]', 'y[i + j * ROW] = moved[j & 6u]'],
    caught: copy,
  },
  { kernel: 'copy-w4', replace: LAST_CHUNK, caught: 'copy[n=17Ki,width=4]' },
  {
    kernel: 'copy-w8',
    replace: ['#define STORE(j) y', '#define STORE(j) if (j != 3u) y'],
    caught: 'copy[n=16Ki,width=8]',
  },
  {
    kernel: 'copy-w4',
    replace: ['min(begin + region, chunks)', 'min(begin + region, chunks - 1u)'],
    caught: 'copy[n=16Ki,width=4,contiguous=1]',
  },
  { kernel: 'mul-w4', replace: ['s * value', '(s + 1.0) * value'], caught: 'mul[n=16Ki]' },
  { kernel: 'mul-w4', replace: ['cs[j] = c[i + j * ROW]', 'cs[j] = c[i]'], caught: 'mul[n=16Ki]' },
  {
    kernel: 'mul-w8',
    replace: ['(u64vec4(floatBitsToUint(high)) << 32)', '(u64vec4(floatBitsToUint(low)) << 32)'],
    caught: 'mul[n=16Ki,width=8]',
  },
  { kernel: 'add-w4', replace: ['one + other', 'one - other'], caught: 'add[n=16Ki]' },
  { kernel: 'add-w4', replace: ONE_CHUNK, caught: 'add[n=16Ki]' },
  { kernel: 'triad-w4', replace: ['one + s * other', 'one + other'], caught: triad },
  { kernel: 'triad-w4', replace: ['bs[j] = b[i + j * ROW]', 'bs[j] = b[i + (j ^ 1u) * ROW]'], caught: triad },
  { kernel: 'triad-f64-w2', replace: ['one + s * other', 's * other'], caught: 'triad-f64[n=16Ki]' },
  { kernel: 'nstream-w4', replace: ['old + (one', '(one'], caught: 'nstream[n=16Ki]' },
  {
    kernel: 'nstream-w4',
    replace: ['#define STORE(j) a', '#define STORE(j) if (j != 0u) a'],
    caught: 'nstream[n=16Ki]',
  },
  { kernel: 'dot-w4', replace: ONE_CHUNK, caught: dot },
  { kernel: 'dot-w4', replace: ['bs[j] = b[i + j * ROW]', 'bs[j] = b[i]'], caught: dot },
  { kernel: 'dot-w4', replace: ['for (uint i = lane; i', 'for (uint i = lane + HEADS; i'], caught: dot },
  { kernel: 'sum-partials-f32', replace: ['i < count', 'i + 1u < count'], caught: dot },
  { kernel: 'sum-partials-f32', replace: ['i < HEADS; i++', 'i < HEADS - 1u; i++'], caught: dot },
  { kernel: 'read-w4', replace: ONE_CHUNK, caught: read },
  { kernel: 'read-w4', replace: ['#define ADD(j) sum', '#define ADD(j) if (j != 3u) sum'], caught: read },
  {
    kernel: 'read-w4',
    replace: ['read[j] = x[i + j * ROW]', 'read[j] = x[i + (j & 2u) * ROW]'],
    caught: read,
  },
  { kernel: 'read-w8', replace: ['uint(all >> 32)', '0u'], caught: 'read[n=256Ki,width=8]' },
  { kernel: 'write-w4', replace: ['^ key)', '^ (key + 1u))'], caught: 'write[n=16Ki]' },
  { kernel: 'write-w4', replace: ONE_CHUNK, caught: 'write[n=16Ki]' },
];
export default mutants;
