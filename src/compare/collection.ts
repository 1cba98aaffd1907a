// How the processes of the two sides lie in time, because that decides what a ratio contains besides the difference: runs that
// alternate share the machine's moods, runs that follow each other do not. The figures behind the statements are in
// docs/comparison.md.
import type { Side } from '../evidence/evidence.ts';
import type { Collection } from './comparison.ts';

/** Judges it by the start of every process; hosts decide whether the sides could have alternated at all. */
export function collectionOf(baseline: Side, contender: Side): Collection {
  const hosts = [hostsOf(baseline), hostsOf(contender)] as const;
  if (hosts.some((names) => names.size === 0)) return unknown('a report does not name its machine');
  if (![...hosts[0]].some((name) => hosts[1].has(name))) return DIFFERENT_MACHINES;
  const starts = [startsOf(baseline), startsOf(contender)] as const;
  if (starts.some(({ length }) => length === 0)) return unknown('a report does not say when its runs began');
  return isAlternating(starts[0], starts[1]) ? INTERLEAVED : SEPARATE;
}

const DIFFERENT_MACHINES: Collection = {
  kind: 'different-machines',
  statement:
    'the sides come from different machines: everything in which these differ is in the ratio, and so is what passed while each was measured; the interval knows only what varied between runs of one side',
};

const INTERLEAVED: Collection = {
  kind: 'interleaved',
  statement:
    'the runs of both sides alternate on one machine: what drifts slowly (temperature, clocks, neighbours) falls on both and cancels in the ratio',
};

const SEPARATE: Collection = {
  kind: 'separate',
  statement:
    'the runs of the sides do not take turns: one side, or a long block of it, was collected before the other; what changed in between (temperature, clocks, neighbours) is in the ratio, and the interval does not know it',
};

function unknown(why: string): Collection {
  const statement = `whether the runs of the sides alternated is not known: ${why}`;
  return { kind: 'unknown', statement };
}

function hostsOf({ reports }: Side): ReadonlySet<string> {
  const names = reports.flatMap(({ hostname }) => (hostname.available ? [hostname.value] : []));
  return new Set(names.length < reports.length ? [] : names);
}

function startsOf({ reports }: Side): readonly number[] {
  const starts = reports.map(({ processStartsMs }) => processStartsMs);
  return starts.some(({ length }) => length === 0) ? [] : starts.flat();
}

/**
 * Whether the sides take turns at least half as often as they could: perfect turns of n and m runs change side 2·min(n, m)
 * times, less one where n = m.
 */
function isAlternating(baseline: readonly number[], contender: readonly number[]): boolean {
  const order = [
    ...baseline.map((atMs) => ({ atMs, side: 0 })),
    ...contender.map((atMs) => ({ atMs, side: 1 })),
  ].sort((a, b) => a.atMs - b.atMs);
  const changes = order.filter(({ side }, i) => i > 0 && side !== order[i - 1]?.side).length;
  return changes > 1 && changes >= Math.min(baseline.length, contender.length);
}
