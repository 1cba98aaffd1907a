// Which of the counters that were taken somebody asked for, by patterns of their names. Pure; prints and reads nothing.
import { available } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import type { CountersTaken, TakenGroup } from '../counters/take-counters.ts';
import { matchesName } from './counter-patterns.ts';

/**
 * Groups whose name fits whole, others by those of their counters that fit; all of them without a pattern.
 *
 * @throws GuestmarkError (usage) when nothing fits one of the patterns.
 */
export function chooseCounters(taken: CountersTaken, patterns: readonly string[]): CountersTaken {
  if (patterns.length === 0) return taken;
  const unknown = patterns.filter((pattern) => chosen(taken.groups, [pattern]).length === 0);
  if (unknown.length === 0) return { ...taken, groups: chosen(taken.groups, patterns) };
  throw new GuestmarkError(
    'usage',
    `Cannot read the counters ${unknown.join(' ')}: there are none of these names`,
    {
      hint: `groups: ${taken.groups.map(({ id }) => id).join(', ')}; a pattern such as 'net:*:rx:bytes' names counters`,
    },
  );
}

function chosen(groups: readonly TakenGroup[], patterns: readonly string[]): readonly TakenGroup[] {
  return groups.flatMap((group) => {
    if (matchesName(patterns, group.id)) return [group];
    // Whoever names a counter of a group that is not here wants to know why.
    if (!group.counters.available) return patterns.some((pattern) => isOf(group, pattern)) ? [group] : [];
    const counters = group.counters.value.filter(({ name }) => matchesName(patterns, name));
    return counters.length === 0 ? [] : [{ ...group, counters: available(counters) }];
  });
}

function isOf({ id }: TakenGroup, pattern: string): boolean {
  return pattern.toLowerCase().startsWith(`${id}:`);
}
