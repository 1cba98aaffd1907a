// What is not as it was in the report before: driver, tool, kernel, settings. Compares what both reports tell; where one does not,
// nothing is known to have changed.
import type { Available } from '../base/availability.ts';
import type { ReportFacts } from '../evidence/evidence.ts';
import type { HistoryEvent } from './history.ts';

/** An event before it has a place. */
export type Difference = Omit<HistoryEvent, 'point'>;

interface Fact {
  readonly id: string;
  readonly what: string;
  readonly read: (facts: ReportFacts) => Available<string | number> | string | number | null;
}

/** Device, host and producer are not here: where they differ, there is another series. */
const FACTS: readonly Fact[] = [
  { id: 'driver', what: 'driver', read: ({ driver }) => driver },
  { id: 'tool', what: 'guestmark', read: ({ toolVersion }) => toolVersion },
  { id: 'binding', what: 'binding', read: ({ binding }) => binding },
  { id: 'kernel', what: 'kernel', read: ({ linuxRelease }) => linuxRelease },
  { id: 'hypervisor', what: 'hypervisor', read: ({ hypervisor }) => hypervisor },
  { id: 'attachment', what: 'attachment of the device', read: ({ attachment }) => attachment },
  { id: 'cpu', what: 'CPU', read: ({ cpuModel }) => cpuModel },
  { id: 'cpu-count', what: 'number of CPUs', read: ({ cpuCount }) => cpuCount },
  { id: 'tier', what: 'tier of the clocks', read: ({ tier }) => tier },
  { id: 'power-limit', what: 'power limit (W)', read: ({ powerLimitWatts }) => powerLimitWatts },
];

/** The differences between a report and the one before it. */
export function findEvents(before: ReportFacts, after: ReportFacts): readonly Difference[] {
  const facts = FACTS.flatMap(({ id, what, read }) => {
    const [a, b] = [textOfFact(read(before)), textOfFact(read(after))];
    return a === null || b === null || a === b ? [] : [{ id, what, before: a, after: b }];
  });
  return [...facts, ...settingEvents(before.settings, after.settings)];
}

function textOfFact(fact: Available<string | number> | string | number | null): string | null {
  if (fact === null || typeof fact !== 'object') return fact === null ? null : String(fact);
  return fact.available ? String(fact.value) : null;
}

type Settings = ReportFacts['settings'];

function settingEvents(before: Settings, after: Settings): readonly Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const own = (settings: Settings, name: string): string | null =>
    Object.hasOwn(settings, name) ? (settings[name] as string) : null;
  return names.flatMap((name) => {
    const [a, b] = [own(before, name), own(after, name)];
    return a === b ? [] : [{ id: 'setting', what: `setting ${name}`, before: a, after: b }];
  });
}
