// One cycle through all lines of a region, in random order: what a pointer chase follows. Every line leads to another,
// and the first is met again only after all of them.
import { atLeast, firstOf, multipleOf } from './workgroup.ts';

/** Why a region has no cycle of lines, or null. */
export function regionProblem(bytes: number, stride: number): string | null {
  return firstOf(
    multipleOf('stride', stride, 4),
    multipleOf('bytes', bytes, stride),
    atLeast('bytes', bytes, 2 * stride),
  );
}

/**
 * Writes at the first word of every line the index of the first word of the next line of the cycle
 * (S. Sattolo, An algorithm to generate a random cyclic permutation, 1986).
 *
 * @param strideBytes Bytes from line to line.
 */
export function fillCycle(
  next: { [index: number]: number; readonly length: number },
  strideBytes: number,
  random: () => number,
): void {
  const words = strideBytes / 4;
  const lines = next.length / words;
  for (let line = 0; line < lines; line++) next[line * words] = line * words;
  for (let line = lines - 1; line > 0; line--) {
    const [here, there] = [line * words, Math.floor(random() * line) * words];
    const kept = next[here] as number;
    next[here] = next[there] as number;
    next[there] = kept;
  }
}

/**
 * Where a walk ends.
 *
 * @param hops May be many times the cycle.
 */
export function endOfWalk(next: Uint32Array, strideBytes: number, start: number, hops: number): number {
  let word = start;
  for (let left = hops % ((4 * next.length) / strideBytes); left > 0; left--) word = next[word] as number;
  return word;
}

/**
 * Where many walks of the same length end, for about the cost of one round of the cycle.
 *
 * @returns The end of a walk by its start.
 */
export function endsOfWalks(next: Uint32Array, strideBytes: number, hops: number): (start: number) => number {
  const words = strideBytes / 4;
  const lines = next.length / words;
  const order = new Uint32Array(lines);
  const places = new Uint32Array(lines);
  for (let place = 0, word = 0; place < lines; place++, word = next[word] as number) {
    order[place] = word;
    places[word / words] = place;
  }
  return (start) => order[((places[start / words] as number) + hops) % lines] as number;
}
