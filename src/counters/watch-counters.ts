// Counters around something: read before it, read behind it, and told as far as they moved. Reading takes a
// millisecond or two and happens outside of everything that is timed.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CounterChange } from './counter.ts';
import { counterChanges, isTelling } from './counter-change.ts';
import type { CounterChoice, OpenedCounters } from './open-counters.ts';

/** What moved between two readings. Plain data. */
export interface CounterChanges {
  /** From the first reading to the last. */
  readonly spanNs: number;
  /** How long the two readings themselves took together. */
  readonly costNs: number;
  /** Those that moved, and those that could be read only once; all others of the opened groups did not move, or could not be read. */
  readonly changes: readonly CounterChange[];
}

/** Reads the counters; what it returns reads them again and tells the difference. */
export type WatchCounters = () => () => Available<CounterChanges>;

/** A watch over opened counters; slow ones are left out. */
export function counterWatch(
  opened: OpenedCounters,
  nowNs: () => number,
  choice: CounterChoice,
): WatchCounters {
  if (choice === 'none') return () => () => unavailable('no counters were asked for');
  const described = opened.groups.flatMap(({ opened: source }) =>
    source.available && !source.value.slow ? source.value.counters : [],
  );
  return () => {
    const startNs = nowNs();
    const before = opened.read();
    const readNs = nowNs();
    return () => {
      const endNs = nowNs();
      const after = opened.read();
      const costNs = readNs - startNs + (nowNs() - endNs);
      const wasRead = ({ name }: CounterChange): boolean =>
        before.get(name)?.available === true || after.get(name)?.available === true;
      const changes = counterChanges(described, before, after).filter(
        (one) => wasRead(one) && isTelling(one),
      );
      return available({ spanNs: endNs - readNs, costNs, changes });
    };
  };
}
