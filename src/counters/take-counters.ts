// All counters of a machine, read twice with a wait between: what there is, what it says, and how far it moved. Plain data
// comes out, because the counters are opened in a process of their own, which their libraries may end.
import { type Available, mapAvailable, unavailable } from '../base/availability.ts';
import type {
  CounterChange,
  CounterContext,
  CounterDescription,
  CounterGroupDefinition,
  CounterReadings,
} from './counter.ts';
import { counterChanges } from './counter-change.ts';
import { openCounters } from './open-counters.ts';

/** A counter with its later reading and its change. */
export interface TakenCounter extends CounterDescription {
  readonly value: Available<number>;
  readonly change: CounterChange['change'];
  readonly flags: CounterChange['flags'];
}

/** A group, or why it is not here. */
export interface TakenGroup {
  readonly id: string;
  readonly title: string;
  /** What counting it makes slower, in words; null for most. */
  readonly disturbs: string | null;
  /** How long one reading of it took, ns: the second one. */
  readonly readNs: number | null;
  readonly counters: Available<readonly TakenCounter[]>;
}

/** What was taken. Plain data. */
export interface CountersTaken {
  /** Between the readings. */
  readonly spanNs: number;
  readonly groups: readonly TakenGroup[];
}

/** What else there is to say. */
export interface TakeOptions {
  /** Default: all groups that there are. */
  readonly definitions?: readonly CounterGroupDefinition[];
  /** Default: the time of this process. */
  readonly nowNs?: () => number;
}

/**
 * Reads all counters, waits, and reads them again.
 *
 * @param wait Resolves when it is time for the second reading.
 */
export async function takeCounters(
  context: CounterContext,
  wait: () => Promise<void>,
  { definitions, nowNs = () => performance.now() * 1e6 }: TakeOptions = {},
): Promise<CountersTaken> {
  using opened = openCounters(context, 'all', definitions);
  const { groups } = opened;
  const startNs = nowNs();
  const before = groups.map(({ opened: source }) => readOf(source));
  await wait();
  const endNs = nowNs();
  return {
    spanNs: endNs - startNs,
    groups: groups.map(({ id, title, disturbs, opened: source }, index) => {
      const readStartNs = nowNs();
      const after = readOf(source);
      const readNs = source.available ? nowNs() - readStartNs : null;
      const counters = mapAvailable(source, ({ counters: described }) =>
        taken(described, before[index] as CounterReadings, after),
      );
      return { id, title, disturbs, readNs, counters };
    }),
  };
}

function readOf(source: Available<{ read(): CounterReadings }>): CounterReadings {
  return source.available ? source.value.read() : new Map();
}

function taken(
  described: readonly CounterDescription[],
  before: CounterReadings,
  after: CounterReadings,
): readonly TakenCounter[] {
  const changes = new Map(counterChanges(described, before, after).map((one) => [one.name, one]));
  return described.map((counter) => {
    const { change, flags } = changes.get(counter.name) ?? NOT_READ;
    return { ...counter, value: after.get(counter.name) ?? unavailable('it was not read'), change, flags };
  });
}

const NOT_READ = { change: unavailable('it was not read twice'), flags: [] } as const;
