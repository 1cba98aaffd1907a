// How often a loop inside a kernel may turn: llvmpipe silently ends all loops of an invocation after 65,535 turns.

/** Turns of all loops of an invocation together; leaves room for those that only prepare something. */
export const MOST_TURNS = 60_000;

/** Why a trip count cannot be had, or null. */
export function tripCount(name: string, value: number, turnsEach = 1): string | null {
  if (!Number.isInteger(value) || value < 1) return `${name} is not a positive integer`;
  if (value * turnsEach <= MOST_TURNS) return null;
  return `more than ${MOST_TURNS / turnsEach} ${name}: some drivers end long loops silently`;
}
