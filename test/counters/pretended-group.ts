// A group of counters whose readings a test chooses: one list of values after another.
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { CounterDescription, CounterGroupDefinition } from '../../src/counters/counter.ts';

/** A counter of things; the rest is as the test says. */
export function pretendedCounter(
  name: string,
  changes: Partial<CounterDescription> = {},
): CounterDescription {
  return {
    name,
    unit: 'count',
    kind: 'count',
    description: `What ${name} counts.`,
    source: `/${name}`,
    step: null,
    wrapBits: null,
    scale: 1,
    ...changes,
  };
}

/** What one look at a group tells: numbers, reasons, or an error that it throws. */
type Look = Readonly<Record<string, number | string>> | Error;

interface Pretended {
  readonly id?: string;
  readonly counters: readonly CounterDescription[];
  /** One look after another; the last stands. */
  readonly looks: readonly Look[];
  readonly slow?: boolean;
  readonly disturbs?: string;
  /** Called with every look and when the group is closed. */
  readonly onLook?: () => void;
  readonly onClose?: () => void;
}

/** The group. */
export function pretendedGroup({
  id = 'group',
  counters,
  looks,
  slow = false,
  disturbs,
  onLook,
  onClose,
}: Pretended): CounterGroupDefinition {
  let index = 0;
  const read = (): ReadonlyMap<string, Available<number>> => {
    onLook?.();
    const look = looks[Math.min(index++, looks.length - 1)] as Look;
    if (look instanceof Error) throw look;
    return new Map(
      Object.entries(look).map(([name, value]) => [
        name,
        typeof value === 'number' ? available(value) : unavailable(value),
      ]),
    );
  };
  const source = { counters, slow, read, [Symbol.dispose]: () => onClose?.() };
  return {
    id,
    title: `The ${id}`,
    ...(disturbs === undefined ? {} : { disturbs }),
    open: () => available(source),
  };
}
