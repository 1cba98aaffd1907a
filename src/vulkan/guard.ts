// Bytes behind a buffer that no descriptor covers: a shader that writes past its buffer may land there. The
// pattern is known to the device as a word and to the CPU as bytes.

/** What vkCmdFillBuffer writes into the guard; no value that kernels are likely to write. */
export const GUARD_WORD = 0xa5c3_963c;

const PATTERN = [0x3c, 0x96, 0xc3, 0xa5];

/** Size of a guard: whole words, as vkCmdFillBuffer needs them. */
export function roundedGuardBytes(wanted = 0): number {
  return Math.ceil(wanted / 4) * 4;
}

/** Offset of the first byte that does not have the pattern; null where all have. */
export function firstTouchedByte(guard: Uint8Array): number | null {
  const touched = guard.findIndex((byte, offset) => byte !== PATTERN[offset % 4]);
  return touched < 0 ? null : touched;
}

/** Writes the pattern. */
export function writePattern(guard: Uint8Array): void {
  for (let offset = 0; offset < guard.length; offset++) guard[offset] = PATTERN[offset % 4] as number;
}
