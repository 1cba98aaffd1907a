// The outermost layer of a SPIR-V module: a header and a stream of instructions (SPIR-V specification,
// section 2.3). Knows word counts and strings, but not what any instruction means.
import { GuestmarkError } from '../base/errors.ts';

const MAGIC = 0x07230203;
const MAGIC_SWAPPED = 0x03022307;
const HEADER_WORDS = 5;
// Far above any compute shader; what each byte costs here is bounded, so this bounds the whole.
const MAX_MODULE_BYTES = 16 * 2 ** 20;

/** One instruction; `operands` are the words after the first. */
export interface Instruction {
  readonly opcode: number;
  readonly operands: Uint32Array;
  /** Index of its first word in the module, for messages. */
  readonly at: number;
}

/** The error for a module that cannot be reflected. */
export function cannotReflect(state: string, hint?: string): GuestmarkError {
  const details = hint === undefined ? {} : { hint };
  return new GuestmarkError('usage', `Cannot reflect shader: ${state}`, details);
}

/**
 * The words of a module, checked for the header only. Copies, since a `Buffer` may be unaligned.
 *
 * @throws GuestmarkError (usage) when the bytes are not a SPIR-V module of this machine's byte order.
 */
export function spirvWords(bytes: Uint8Array): Uint32Array {
  if (bytes.byteLength === 0) throw cannotReflect('the file is empty');
  if (bytes.byteLength > MAX_MODULE_BYTES) {
    throw cannotReflect(`its length of ${bytes.byteLength} bytes is more than 16 MiB`);
  }
  const first = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.byteLength < 4 ? 0 : first.getUint32(0, true);
  if (magic === MAGIC_SWAPPED) throw cannotReflect('the module has the other byte order');
  if (magic !== MAGIC) {
    throw cannotReflect('the file does not start as a SPIR-V module', 'compile GLSL to SPIR-V first');
  }
  if (bytes.byteLength % 4 !== 0) {
    throw cannotReflect(`its length of ${bytes.byteLength} bytes is not a multiple of 4`);
  }
  const words = new Uint32Array(new Uint8Array(bytes).buffer);
  if (words.length < HEADER_WORDS) throw cannotReflect('the module ends inside its header');
  return words;
}

/**
 * Version in the module's header, such as `1.3`.
 *
 * @throws GuestmarkError (usage) when it is none of 1.x, which alone exist.
 */
export function spirvVersion(words: Uint32Array): string {
  const version = words[1] ?? 0;
  const [major, minor] = [(version >>> 16) & 0xff, (version >>> 8) & 0xff];
  if (major !== 1) throw cannotReflect(`its version ${major}.${minor} does not exist`);
  return `${major}.${minor}`;
}

/** The header's bound of ids: all are smaller. */
export function idBound(words: Uint32Array): number {
  return words[3] ?? 0;
}

/**
 * Goes through the instructions after the header, or through those from one word to before another.
 *
 * @throws GuestmarkError (usage) at an instruction without length or beyond the end of the module.
 */
export function* spirvInstructions(
  words: Uint32Array,
  from: number = HEADER_WORDS,
  to: number = words.length,
): Generator<Instruction> {
  for (let at = from; at < to; ) {
    const first = words[at] as number;
    const wordCount = first >>> 16;
    if (wordCount === 0) throw cannotReflect(`the instruction at word ${at} has length 0`);
    if (at + wordCount > words.length) {
      throw cannotReflect(`the module ends inside the instruction at word ${at}`);
    }
    yield { opcode: first & 0xffff, operands: words.subarray(at + 1, at + wordCount), at };
    at += wordCount;
  }
}

/**
 * One operand of an instruction.
 *
 * @throws GuestmarkError (usage) when the instruction is too short to have it.
 */
export function operand(instruction: Instruction, index: number): number {
  const word = instruction.operands[index];
  if (word === undefined) {
    const { opcode, at } = instruction;
    throw cannotReflect(`the instruction ${opcode} at word ${at} lacks operand ${index + 1}`);
  }
  return word;
}

/** One for all: a module may have a million names. */
const UTF8 = new TextDecoder();

/** A literal string and the index of the first operand after it. */
export interface LiteralString {
  readonly text: string;
  readonly next: number;
}

/**
 * Reads a literal string: UTF-8, four bytes a word, lowest first, ended by a zero byte.
 *
 * @param from Index of its first operand.
 * @throws GuestmarkError (usage) when the string does not end inside the instruction.
 */
export function literalString(instruction: Instruction, from: number): LiteralString {
  const bytes: number[] = [];
  for (let index = from; ; index++) {
    const word = operand(instruction, index);
    for (let shift = 0; shift < 32; shift += 8) {
      const byte = (word >>> shift) & 0xff;
      if (byte === 0) return { text: UTF8.decode(Uint8Array.from(bytes)), next: index + 1 };
      bytes.push(byte);
    }
  }
}
