// Which groups of counters patterns may name, by the groups' names alone: the others need not be opened, which is how a machine
// is still readable whose GPU's library hangs. Opens nothing; whether a counter has such a name is found out later.
import { unavailable } from '../base/availability.ts';
import type { CounterGroupDefinition } from './counter.ts';

/** The groups, of which those that no pattern may name say so instead of being opened; no pattern asks for all. */
export function askedGroups(
  groups: readonly CounterGroupDefinition[],
  patterns: readonly string[],
): readonly CounterGroupDefinition[] {
  if (patterns.length === 0) return groups;
  return groups.map((group) =>
    patterns.some((pattern) => mayName(pattern, group.id))
      ? group
      : { ...group, open: () => unavailable('it was not asked for') },
  );
}

/** Whether each pattern may name something: else there is nothing to wait for. */
export function allMayName(groups: readonly CounterGroupDefinition[], patterns: readonly string[]): boolean {
  return patterns.every((pattern) => groups.some(({ id }) => mayName(pattern, id)));
}

/** A pattern is the name of a group, or that of counters, which begin with the group's: `steal`, `net:eth0:*`, `*:rx:bytes`. */
function mayName(pattern: string, id: string): boolean {
  const [begin = '', ...further] = pattern.toLowerCase().split('*');
  const isWhole = further.length === 0;
  return begin === id || begin.startsWith(`${id}:`) || (!isWhole && id.startsWith(begin));
}
