// How often and for how long a CPU quota kept this process's control groups from running. To whoever waits it looks like steal,
// and it is none: the container's own limit took the time. Which groups count is the business of src/timing/throttling.ts.
import { type Available, available, unavailable } from '../base/availability.ts';
import { openThrottling } from '../timing/throttling.ts';
import type { Machine } from '../virt/machine.ts';
import { plainText } from '../virt/plain-text.ts';
import type { CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type Counts, countsSource, growingCounter, wholeNumber } from './read-counts.ts';

type Version = 'v1' | 'v2';

/** The group `cgroup`. */
export const CGROUP_COUNTERS: CounterGroupDefinition = {
  id: 'cgroup',
  title: 'Throttling by the CPU quota',
  open: ({ machine }) => openGroups(machine),
};

interface GroupCounter {
  readonly name: string;
  readonly description: string;
  readonly key: string;
}

const PERIODS: readonly GroupCounter[] = [
  {
    name: 'cgroup:periods',
    key: 'nr_periods',
    description: 'Periods of the quota in which a control group of this process wanted to run.',
  },
  {
    name: 'cgroup:throttled_periods',
    key: 'nr_throttled',
    description: 'Periods in which a control group of this process had used up its quota and was stopped.',
  },
];

const TIME: GroupCounter = {
  name: 'cgroup:throttled_time',
  key: '',
  description:
    'Time for which control groups of this process were stopped by their quota, added up over CPUs and booked at its end.',
};

/** Version 1 counts in ns, version 2 in µs. */
const TIME_LINE: Readonly<Record<Version, { readonly key: string; readonly scale: number }>> = {
  v1: { key: 'throttled_time', scale: 1 },
  v2: { key: 'throttled_usec', scale: 1000 },
};

function openGroups({ files, root }: Machine): Available<CounterSource> {
  const found = openThrottling(root);
  if (!found.available) return unavailable(plainText(found.reason));
  using throttling = found.value;
  const { paths, version } = throttling;
  if (paths.length === 0)
    return unavailable('no control group of this process has a quota that could be told');
  const rows = [...PERIODS, { ...TIME, key: TIME_LINE[version].key }];
  const counters = rows.map((row) => describeCounter(row, version, paths));
  return available(
    countsSource({
      counters,
      look: () =>
        sumOf(
          paths.map((path) => files.read(path)),
          rows,
        ),
      missing: (name) => `${counters.find((counter) => counter.name === name)?.source}: no such line`,
    }),
  );
}

function describeCounter(
  { name, description, key }: GroupCounter,
  version: Version,
  paths: readonly string[],
): CounterDescription {
  const further = paths.length === 1 ? '' : ` and of ${paths.length - 1} groups around it`;
  const source = `${plainText(paths[0] ?? '')}${further}, line ${key}`;
  if (name !== TIME.name) return growingCounter({ name, description, source });
  return growingCounter({ name, description, source, unit: 'ns', scale: TIME_LINE[version].scale });
}

/** Sums over the groups; a counter that one of them lacks is left out. */
function sumOf(texts: readonly Available<string>[], rows: readonly GroupCounter[]): Available<Counts> {
  const sums = new Map<string, number>();
  for (const { name, key } of rows) {
    let sum = 0;
    for (const text of texts) {
      if (!text.available) return unavailable(plainText(`a control group is gone: ${text.reason}`));
      sum += wholeNumber(new RegExp(`^${key} (\\d+)$`, 'm').exec(text.value)?.[1]) ?? Number.NaN;
    }
    if (!Number.isNaN(sum)) sums.set(name, sum);
  }
  return available(sums);
}
