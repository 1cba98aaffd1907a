// Modules that no compiler wrote: noise, instructions without sense, and real modules with something changed. Plain
// numbers decide all, so that a failure can be shrunk and repeated.
import fc from 'fast-check';
import { OP } from '../../src/shader/spirv-numbers.ts';
import { assemble } from './assemble.ts';

/** One change; `at` and `by` are taken modulo what there is to choose from. */
interface Change {
  readonly kind: keyof typeof CHANGES;
  readonly at: number;
  readonly by: number;
}

/** Hostile bytes, most of them from changed seeds. */
export function hostileModules(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const number = fc.noBias(fc.nat(0x7fff_ffff));
  const kind = fc.constantFrom(...(Object.keys(CHANGES) as (keyof typeof CHANGES)[]));
  const change: fc.Arbitrary<Change> = fc.record({ kind, at: number, by: number });
  const changed = fc
    .tuple(fc.nat(seeds.length - 1), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([seed, changes]) => changes.reduce(applied, seeds[seed] as Uint8Array));
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    { weight: 1, arbitrary: fc.array(fc.nat(0xffff_ffff), { maxLength: 100 }).map(withHeader) },
    { weight: 3, arbitrary: instructionLists() },
    { weight: 20, arbitrary: changed },
  );
}

/** Declarations with small numbers for operands, so that some of them refer to each other. */
function instructionLists(): fc.Arbitrary<Uint8Array> {
  const operand = fc.oneof(fc.nat(24), fc.constantFrom(32, 35, 64, 0xffff, 0xffff_ffff));
  const instruction = fc.tuple(
    fc.constantFrom(...Object.values(OP)),
    fc.array(operand, { minLength: 1, maxLength: 8 }),
  );
  return fc
    .array(instruction, { maxLength: 40 })
    .map((instructions) =>
      assemble([
        [15, 5, 1, 'main'],
        [16, 1, 17, 1, 1, 1],
        ...instructions.map(([opcode, operands]) => [opcode, ...operands] as const),
        ...([[54, 2, 1, 0, 3], [56]] as const),
      ]),
    );
}

function withHeader(words: readonly number[]): Uint8Array {
  return bytesOf([0x07230203, 0x0001_0300, 0, 1000, 0, ...words]);
}

const INTERESTING = [0, 1, 0xffff, 0xffff_0000, 0xffff_ffff];
const HEADER_WORDS = 5;

const CHANGES = {
  bit: (bytes: Uint8Array, at: number, by: number) => {
    const changed = Uint8Array.from(bytes);
    const index = at % changed.length;
    changed[index] = (changed[index] as number) ^ (1 << (by % 8));
    return changed;
  },
  truncation: (bytes: Uint8Array, at: number) => bytes.subarray(0, at % bytes.length),
  number: onWords((words, at, by) =>
    words.with(at % words.length, INTERESTING[by % INTERESTING.length] as number),
  ),
  otherWord: onWords((words, at, by) => words.with(at % words.length, words[by % words.length] as number)),
  duplicate: onInstructions((all, at, by) => all.toSpliced(by, 0, all[at] ?? [])),
  deletion: onInstructions((all, at) => all.toSpliced(at, 1)),
  swap: onInstructions((all, at, by) => all.with(at, all[by] ?? []).with(by, all[at] ?? [])),
} as const;

function applied(bytes: Uint8Array, { kind, at, by }: Change): Uint8Array {
  return bytes.length === 0 ? bytes : CHANGES[kind](bytes, at, by);
}

function onWords(change: (words: readonly number[], at: number, by: number) => readonly number[]) {
  return (bytes: Uint8Array, at: number, by: number): Uint8Array => {
    const words = wordsOf(bytes);
    return words.length === 0 ? bytes : bytesOf(change(words, at, by));
  };
}

function onInstructions(
  change: (all: readonly (readonly number[])[], at: number, by: number) => readonly (readonly number[])[],
) {
  return onWords((words, at, by) => {
    const all = instructionsOf(words);
    if (all.length === 0) return words;
    return [...words.slice(0, HEADER_WORDS), ...change(all, at % all.length, by % all.length).flat()];
  });
}

function instructionsOf(words: readonly number[]): readonly (readonly number[])[] {
  const all: (readonly number[])[] = [];
  for (let at = HEADER_WORDS; at < words.length; ) {
    const length = Math.max(1, (words[at] as number) >>> 16);
    all.push(words.slice(at, at + length));
    at += length;
  }
  return all;
}

function wordsOf(bytes: Uint8Array): readonly number[] {
  return [...new Uint32Array(Uint8Array.from(bytes.subarray(0, bytes.length & ~3)).buffer)];
}

function bytesOf(words: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(words).buffer);
}
