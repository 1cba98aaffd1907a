// How often a loop inside a kernel may turn: llvmpipe silently ends all loops of an invocation after 65,535 turns.
import { atMost, firstOf, positiveInteger } from './workgroup.ts';

/** Turns of all loops of an invocation together; leaves room for those that only prepare something. */
const MOST_TURNS = 60_000;

/**
 * Why a trip count cannot be had, or null.
 *
 * @param turnsEach Turns of all loops for one of what is counted.
 */
export function tripCount(name: string, value: number, turnsEach = 1): string | null {
  return firstOf(
    positiveInteger(name, value),
    atMost(name, value, Math.floor(MOST_TURNS / turnsEach), 'some drivers end long loops silently'),
  );
}

/** Why an invocation cannot turn so often in all its loops together, or null. */
export function turnsOfAllLoops(turns: number): string | null {
  return tripCount('the number of turns of all loops', turns);
}
