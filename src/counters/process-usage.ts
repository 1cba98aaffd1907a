// What the kernel charged to this process, as getrusage(2) tells it: exact, without privilege, and without anything that is
// open meanwhile. The only counters of page faults and context switches that disturb nothing.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { countsSource, growingCounter } from './read-counts.ts';

type Usage = ReturnType<typeof process.resourceUsage>;

interface UsageCounter {
  readonly counter: CounterDescription;
  readonly of: (usage: Usage) => number;
}

/** The group `process`. */
export const PROCESS_COUNTERS: CounterGroupDefinition = {
  id: 'process',
  title: 'What this process used',
  open: ({ machine }) =>
    machine.live ? openUsage() : unavailable('they are counters of a running process, not of a recording'),
};

/** The kernel tells times in µs. */
const NS_PER_US = 1000;

const ROWS: readonly UsageCounter[] = [
  {
    counter: growingCounter({
      name: 'process:cpu_time',
      unit: 'ns',
      scale: NS_PER_US,
      description: 'CPU time of all threads of this process, in user and in kernel mode.',
      source: 'getrusage(RUSAGE_SELF): ru_utime + ru_stime',
    }),
    of: ({ userCPUTime, systemCPUTime }) => userCPUTime + systemCPUTime,
  },
  row(
    'voluntary_switches',
    'How often a thread of this process gave up its CPU to wait for something.',
    'ru_nvcsw',
    ({ voluntaryContextSwitches }) => voluntaryContextSwitches,
  ),
  row(
    'involuntary_switches',
    'How often a thread of this process lost its CPU to another task of this machine.',
    'ru_nivcsw',
    ({ involuntaryContextSwitches }) => involuntaryContextSwitches,
  ),
  row(
    'minor_faults',
    'Page faults of this process that needed no disk: memory touched for the first time, for instance.',
    'ru_minflt',
    ({ minorPageFault }) => minorPageFault,
  ),
  row(
    'major_faults',
    'Page faults of this process that waited for a disk.',
    'ru_majflt',
    ({ majorPageFault }) => majorPageFault,
  ),
];

function row(name: string, description: string, member: string, of: UsageCounter['of']): UsageCounter {
  const source = `getrusage(RUSAGE_SELF): ${member}`;
  return { counter: growingCounter({ name: `process:${name}`, description, source }), of };
}

function openUsage(): Available<CounterSource> {
  return available(
    countsSource({
      counters: ROWS.map(({ counter }) => counter),
      look: () => {
        const usage = process.resourceUsage();
        return available(new Map(ROWS.map(({ counter, of }) => [counter.name, of(usage)] as const)));
      },
      missing: () => 'getrusage: not told',
    }),
  );
}
