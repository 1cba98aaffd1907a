// A loop whose instructions and branches are known exactly, for finding out whether a counter of the CPU counts. Two
// instructions of machine code; knows nothing of counters.
import { type Available, mapAvailable } from '../base/availability.ts';
import { openX86Code } from './x86-code.ts';

/** Instructions of a turn. */
export const LOOP_INSTRUCTIONS = 2;
/** Branches of a turn. */
export const LOOP_BRANCHES = 1;

const CODE = Uint8Array.of(
  0xff,
  0xcf, // turn: dec edi
  0x75,
  0xfc, // jnz turn (4 bytes back)
  0xc3, // ret
);

let opened: Available<(turns: number) => void> | undefined;

/** Runs the loop so many turns (at least one), or why it cannot run. Maps its code once per process. */
export function openCountedLoop(): Available<(turns: number) => void> {
  // The code writes nothing, so nobody needs to keep the memory of its result.
  opened ??= mapAvailable(openX86Code(CODE, 'DEC', 8), ({ run }) => (turns) => {
    if (!(turns >= 1 && turns < 2 ** 32)) throw new RangeError(`Cannot loop for ${turns} turns`);
    run(turns, 0);
  });
  return opened;
}
