// A loop in machine code that does nothing but read the time stamp counter, and keeps every gap between two readings that
// is too long for a turn: whatever took the CPU away, an interrupt, a competitor or the hypervisor, makes one. No language
// around it makes gaps of its own. Knows no causes; the ledger around it does.
import { type Available, mapAvailable } from '../base/availability.ts';
import { openX86Code, type X86Code } from './x86-code.ts';

/** The loop, and what its last run found. */
export interface SpinLoop {
  /**
   * Reads the counter `turns` times (at least once).
   *
   * @param leastGapCycles Longer gaps are kept, as many as there is room for.
   */
  run(turns: number, leastGapCycles: number): void;
  /** TSC cycles of the last run. */
  cycles(): number;
  /** Gaps of the last run, also those for which there was no room. */
  gaps(): number;
  /** How many of them were kept. */
  kept(): number;
  /** The length of a kept gap in cycles; 2^63 and more where the counter ran backwards. */
  gapCycles(index: number): number;
}

/** More than a millisecond of gaps of a microsecond. */
const ROOM = 2048;
const HEAD_BYTES = 16;

const CODE = Uint8Array.of(
  0x49,
  0x89,
  0xd0, // mov r8, rdx: the result's address
  0x89,
  0xf6, // mov esi, esi: the least gap, its upper half cleared
  0x45,
  0x31,
  0xc9, // xor r9d, r9d: gaps so far
  0x0f,
  0x31, // rdtsc
  0x48,
  0xc1,
  0xe2,
  0x20, // shl rdx, 32
  0x48,
  0x09,
  0xc2, // or rdx, rax
  0x49,
  0x89,
  0xd2, // mov r10, rdx: the last reading
  0x49,
  0x89,
  0xd3, // mov r11, rdx: the first reading
  0x0f,
  0x31, // turn: rdtsc
  0x48,
  0xc1,
  0xe2,
  0x20, // shl rdx, 32
  0x48,
  0x09,
  0xd0, // or rax, rdx
  0x48,
  0x89,
  0xc1, // mov rcx, rax
  0x4c,
  0x29,
  0xd1, // sub rcx, r10: since the last reading
  0x49,
  0x89,
  0xc2, // mov r10, rax
  0x48,
  0x39,
  0xf1, // cmp rcx, rsi
  0x76,
  0x11, // jbe next (17 bytes on): no gap
  0x41,
  0x81,
  0xf9,
  ROOM & 0xff,
  ROOM >> 8,
  0x00,
  0x00, // cmp r9d, ROOM
  0x73,
  0x05, // jae count (5 bytes on): no room
  0x4b,
  0x89,
  0x4c,
  0xc8,
  HEAD_BYTES, // mov [r8 + 8 r9 + HEAD_BYTES], rcx
  0x41,
  0xff,
  0xc1, // count: inc r9d
  0xff,
  0xcf, // next: dec edi: turns that are left
  0x75,
  0xd4, // jnz turn (44 bytes back)
  0x4d,
  0x29,
  0xda, // sub r10, r11
  0x4d,
  0x89,
  0x08, // mov [r8], r9
  0x4d,
  0x89,
  0x50,
  0x08, // mov [r8 + 8], r10
  0xc3, // ret
);

let opened: Available<SpinLoop> | undefined;

/** The loop, or why it cannot run. Maps its code once per process. */
export function openSpinLoop(): Available<SpinLoop> {
  opened ??= mapAvailable(openX86Code(CODE, 'RDTSC', HEAD_BYTES + 8 * ROOM), bindLoop);
  return opened;
}

function bindLoop({ run, memory }: X86Code): SpinLoop {
  const words = new Uint32Array(memory);
  const pair = (index: number): number =>
    (words[2 * index + 1] as number) * 2 ** 32 + (words[2 * index] as number);
  return {
    run: (turns, leastGapCycles) => {
      if (!(turns >= 1)) throw new RangeError(`Cannot spin for ${turns} turns`);
      run(turns, leastGapCycles);
    },
    cycles: () => pair(1),
    gaps: () => words[0] as number,
    kept: () => Math.min(ROOM, words[0] as number),
    gapCycles: (index) => pair(HEAD_BYTES / 8 + index),
  };
}
