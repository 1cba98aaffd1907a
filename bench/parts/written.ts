// Whether a kernel wrote an output at all, of which only a sample is computed again: what it left out still holds poison.
import type { Elements, Verification } from 'guestmark';

/** What a poisoned word holds; as a float it is NaN. */
const POISON = 0xffba_ffba;
/** Words that may hold it by chance: random ones of the largest outputs have it once in 64 times. */
const MOST_BY_CHANCE = 8;

/** That no float is NaN, and no more words are poison than by chance. None counts as checked: no value is compared. */
export function compareWritten(what: string, output: Elements): Verification {
  const isFloat = output instanceof Float32Array;
  let [left, index] = [0, 0];
  for (let i = 0; i < output.length; i++) {
    const value = output[i] as number;
    if (isFloat ? !Number.isNaN(value) : value !== POISON) continue;
    if (left === 0) index = i;
    left++;
  }
  if (left <= (isFloat ? 0 : MOST_BY_CHANCE)) return { ok: true, checked: 0 };
  const first = {
    what: `${what}, where poison is left,`,
    index,
    actual: output[index] as number,
    expected: 0,
  };
  return { ok: false, checked: 0, mismatches: left, first };
}
