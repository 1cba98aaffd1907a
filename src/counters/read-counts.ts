// The shape that most groups share: a list of counters, and one look at something that tells all of them. Knows no source.
import { type Available, available, unavailable } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import type { CounterDescription, CounterReadings, CounterSource, CounterUnit } from './counter.ts';

/** What is said of a counter that only grows; the rest follows. */
export interface CountDescription {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  /** Default `count`. */
  readonly unit?: CounterUnit;
  /** Default 1; see {@link CounterDescription.scale}. The step of a counter that was converted is its scale. */
  readonly scale?: number;
}

/** A counter that only grows and that does not wrap in practice. */
export function growingCounter({
  name,
  description,
  source,
  unit = 'count',
  scale = 1,
}: CountDescription): CounterDescription {
  const step = scale === 1 ? null : scale;
  return { name, unit, kind: 'count', description, source, step, wrapBits: null, scale };
}

/** What one look tells: by the names of counters, in the units of their sources. */
export type Counts = ReadonlyMap<string, number>;

/** How a group is read. */
export interface CountsReader {
  readonly counters: readonly CounterDescription[];
  /** One look. May throw: that is a reason for each counter. */
  readonly look: () => Available<Counts>;
  /** Why a counter is not among what a look told. */
  readonly missing: (name: string) => string;
}

/** A group that is read at one look and holds nothing open. */
export function countsSource({ counters, look, missing }: CountsReader): CounterSource {
  const read = (): CounterReadings => {
    const counts = safely(look);
    return new Map(
      counters.map(({ name, scale }) => [name, readingOf(counts, name, scale, missing)] as const),
    );
  };
  return { counters, read, slow: false, [Symbol.dispose]: () => {} };
}

function safely(look: () => Available<Counts>): Available<Counts> {
  try {
    return look();
  } catch (error) {
    return unavailable(`reading it failed: ${describeError(error)}`);
  }
}

function readingOf(
  counts: Available<Counts>,
  name: string,
  scale: number,
  missing: CountsReader['missing'],
): Available<number> {
  if (!counts.available) return counts;
  const count = counts.value.get(name);
  return count === undefined ? unavailable(missing(name)) : available(count * scale);
}

/** A whole number as the kernel prints it; undefined for anything else. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,20}$/.test(text) ? Number(text) : undefined;
}
