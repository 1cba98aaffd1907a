// Opens all groups of counters that there are, each for itself: one that cannot be had is a reason and no obstacle. Knows the
// list of groups and nothing of what they count.

import { mapAvailable, unavailable } from '../base/availability.ts';
import { describeError } from '../base/errors.ts';
import type {
  CounterContext,
  CounterGroup,
  CounterGroupDefinition,
  CounterGroupRecord,
  CounterReadings,
  CounterSource,
} from './counter.ts';
import { COUNTER_GROUPS } from './counter-groups.ts';

/** The groups that were opened. */
export interface OpenedCounters extends Disposable {
  readonly groups: readonly CounterGroup[];
  /** What a report says of them. */
  readonly records: readonly CounterGroupRecord[];
  /**
   * Reads all of them; slow ones only when they are asked for.
   *
   * @returns The readings by the names of the counters.
   */
  read(options?: { readonly slow?: boolean }): CounterReadings;
}

/** Which groups are opened: all, those that do not disturb, or none. */
export type CounterChoice = 'all' | 'quiet' | 'none';

/** Opens the groups. Never throws. */
export function openCounters(
  context: CounterContext,
  choice: CounterChoice = 'all',
  definitions: readonly CounterGroupDefinition[] = COUNTER_GROUPS,
): OpenedCounters {
  const groups = definitions.map((definition) => opened(definition, context, choice));
  return {
    groups,
    records: groups.map(({ id, title, opened: source }) => ({
      id,
      title,
      counters: mapAvailable(source, ({ counters }) => counters),
    })),
    read: ({ slow = false } = {}) => readAll(groups, slow),
    [Symbol.dispose]: () => {
      for (const { opened: source } of groups) if (source.available) source.value[Symbol.dispose]();
    },
  };
}

function opened(
  { id, title, open, disturbs }: CounterGroupDefinition,
  context: CounterContext,
  choice: CounterChoice,
): CounterGroup {
  return { id, title, disturbs: disturbs ?? null, opened: chosen() };

  function chosen(): CounterGroup['opened'] {
    if (choice === 'none') return unavailable('no counters were asked for');
    if (choice === 'quiet' && disturbs !== undefined)
      return unavailable(`not opened while something is measured: ${disturbs}`);
    try {
      return mapAvailable(open(context), surviving);
    } catch (error) {
      return unavailable(`opening it failed: ${describeError(error)}`);
    }
  }
}

/** What a group throws when it is read is the reason of its counters, and no other group's trouble. */
function surviving(source: CounterSource): CounterSource {
  const failed = (error: unknown): CounterReadings => {
    const reason = unavailable(`reading it failed: ${describeError(error)}`);
    return new Map(source.counters.map(({ name }) => [name, reason]));
  };
  return {
    counters: source.counters,
    slow: source.slow,
    read: () => {
      try {
        return source.read();
      } catch (error) {
        return failed(error);
      }
    },
    [Symbol.dispose]: () => {
      try {
        source[Symbol.dispose]();
      } catch {
        // It was read to the end; the process that ends soon closes the rest.
      }
    },
  };
}

function readAll(groups: readonly CounterGroup[], slow: boolean): CounterReadings {
  const readings = groups.flatMap(({ opened: source }) =>
    source.available && (slow || !source.value.slow) ? [...source.value.read()] : [],
  );
  return new Map(readings);
}
