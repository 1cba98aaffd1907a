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

/** Opens the groups. Never throws. */
export function openCounters(
  context: CounterContext,
  definitions: readonly CounterGroupDefinition[] = COUNTER_GROUPS,
): OpenedCounters {
  const groups = definitions.map((definition) => opened(definition, context));
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

function opened({ id, title, open }: CounterGroupDefinition, context: CounterContext): CounterGroup {
  try {
    return { id, title, opened: open(context) };
  } catch (error) {
    return { id, title, opened: unavailable(`opening it failed: ${describeError(error)}`) };
  }
}

function readAll(groups: readonly CounterGroup[], slow: boolean): CounterReadings {
  const readings = groups.flatMap(({ opened: source }) =>
    source.available && (slow || !source.value.slow) ? [...source.value.read()] : [],
  );
  return new Map(readings);
}
