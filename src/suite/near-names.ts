// What a user may have meant by a name that nothing has: there are too many benchmarks to print them all in a message. Pure.

/** As many are read at a glance. */
const MOST = 8;

/** The names most like a word, the nearest first: those in which it occurs, and those of which a few letters differ. */
export function nearNames(word: string, names: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase();
  return names
    .map((name) => ({ name, distance: distanceOf(wanted, name) }))
    .filter(({ distance }) => Number.isFinite(distance))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** Letters between a word and a name, or what the name begins with up to a dash. */
function distanceOf(wanted: string, name: string): number {
  if (wanted.length > 1 && name.includes(wanted)) return 0;
  const parts = name.split('-');
  const beginnings = parts.map((_, index) => parts.slice(0, index + 1).join('-'));
  const changes = Math.min(...beginnings.map((beginning) => letterChanges(wanted, beginning)));
  return changes <= Math.max(1, (wanted.length + 1) / 3) ? changes : Number.POSITIVE_INFINITY;
}

/** Letters to insert, delete or replace (V. Levenshtein, 1965). */
function letterChanges(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const line = [row + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (above[column - 1] as number) + (letter === to[column - 1] ? 0 : 1);
      line.push(Math.min(replaced, (above[column] as number) + 1, (line[column - 1] as number) + 1));
    }
    above = line;
  }
  return above[to.length] as number;
}
