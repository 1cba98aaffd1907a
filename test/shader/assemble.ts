// A few lines of SPIR-V assembler, so that reflection is tested against modules that no compiler here
// would write, and without needing one.

/** Opcode and operands; a string becomes a literal string. */
export type Line = readonly [opcode: number, ...operands: (number | string)[]];

/** An empty function %1. */
export const MAIN: readonly Line[] = mainOf([]);

/** A module of the given instructions. */
export function assemble(lines: readonly Line[], version = 0x0001_0300): Uint8Array {
  const words = [0x07230203, version, 0, 100_000, 0];
  for (const [opcode, ...operands] of lines) {
    const operandWords = operands.flatMap((value) =>
      typeof value === 'string' ? stringWords(value) : [value >>> 0],
    );
    words.push((((operandWords.length + 1) << 16) | opcode) >>> 0, ...operandWords);
  }
  return new Uint8Array(Uint32Array.from(words).buffer);
}

/** A module with a compute entry point `main` of local size 1 and the given declarations. */
export function assembleKernel(
  declarations: readonly Line[],
  version?: number,
  code: readonly Line[] = [],
): Uint8Array {
  const entryPoint: Line = [15, 5, 1, 'main'];
  const localSize: Line = [16, 1, 17, 1, 1, 1];
  return assemble([[17, 1], entryPoint, localSize, ...declarations, ...mainOf(code)], version);
}

/** A function %1 with the given instructions. */
function mainOf(code: readonly Line[]): readonly Line[] {
  return [[54, 2, 1, 0, 3], [248, 4], ...code, [253], [56]];
}

/** The same module without the instructions of the given opcodes. */
export function without(spirv: Uint8Array, opcodes: readonly number[]): Uint8Array {
  const words = new Uint32Array(Uint8Array.from(spirv).buffer);
  const kept = [...words.subarray(0, 5)];
  for (let at = 5; at < words.length; ) {
    const first = words[at] as number;
    const length = first >>> 16;
    if (!opcodes.includes(first & 0xffff)) kept.push(...words.subarray(at, at + length));
    at += length;
  }
  return new Uint8Array(Uint32Array.from(kept).buffer);
}

function stringWords(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(4 * (Math.floor(bytes.length / 4) + 1));
  padded.set(bytes);
  return [...new Uint32Array(padded.buffer)];
}
