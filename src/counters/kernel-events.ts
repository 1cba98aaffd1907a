// What the kernel of this machine has done since it started, for everybody: switches, interrupts, faults, migrations. Signs of
// what else went on beside a measurement. Two files, one table of what is taken from them.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type Counts, countsSource, growingCounter, wholeNumber } from './read-counts.ts';

const FILES = ['/proc/stat', '/proc/vmstat'] as const;

type KernelFile = (typeof FILES)[number];

interface KernelCounter {
  readonly file: KernelFile;
  /** The first word of the line; the number behind it counts. */
  readonly key: string;
  readonly counter: CounterDescription;
}

/** The group `kernel`. */
export const KERNEL_COUNTERS: CounterGroupDefinition = {
  id: 'kernel',
  title: 'What the kernel did, for all processes',
  open: ({ machine }) => openKernel(machine.files),
};

const ROWS: readonly KernelCounter[] = [
  row('/proc/stat', 'ctxt', 'context_switches', 'Context switches on all CPUs.'),
  row('/proc/stat', 'intr', 'interrupts', 'Interrupts served by all CPUs.'),
  row('/proc/stat', 'softirq', 'soft_interrupts', 'Deferred parts of interrupts (softirqs) that ran.'),
  row('/proc/stat', 'processes', 'forks', 'Processes and threads that were started.'),
  row('/proc/vmstat', 'pgfault', 'page_faults', 'Page faults of all processes, major ones included.'),
  row('/proc/vmstat', 'pgmajfault', 'major_faults', 'Page faults that waited for a disk.'),
  row('/proc/vmstat', 'pswpin', 'pages_swapped_in', 'Pages brought back from swap.'),
  row('/proc/vmstat', 'pswpout', 'pages_swapped_out', 'Pages written to swap.'),
  row('/proc/vmstat', 'thp_fault_alloc', 'huge_pages', 'Page faults that were given a huge page.'),
  row(
    '/proc/vmstat',
    'thp_fault_fallback',
    'huge_pages_refused',
    'Page faults for which no huge page was free.',
  ),
  row('/proc/vmstat', 'thp_split_page', 'huge_pages_split', 'Huge pages that were split into small ones.'),
  row(
    '/proc/vmstat',
    'compact_stall',
    'compaction_stalls',
    'Allocations that waited for memory to be compacted.',
  ),
  row(
    '/proc/vmstat',
    'pgmigrate_success',
    'pages_migrated',
    'Pages that were moved to another place in memory.',
  ),
  row(
    '/proc/vmstat',
    'numa_hint_faults',
    'numa_hint_faults',
    'Page faults made to learn which NUMA node uses a page.',
  ),
  row(
    '/proc/vmstat',
    'numa_pages_migrated',
    'numa_pages_migrated',
    'Pages moved to the NUMA node that uses them.',
  ),
  row(
    '/proc/vmstat',
    'balloon_inflate',
    'balloon_inflated',
    'Pages that the hypervisor took back by its balloon.',
  ),
  row(
    '/proc/vmstat',
    'balloon_deflate',
    'balloon_deflated',
    'Pages that the hypervisor gave back by its balloon.',
  ),
  row('/proc/vmstat', 'oom_kill', 'out_of_memory_kills', 'Processes killed because memory had run out.'),
];

function row(file: KernelFile, key: string, name: string, description: string): KernelCounter {
  const source = `${file}, line ${key}${key === 'intr' || key === 'softirq' ? ', first number' : ''}`;
  return { file, key, counter: growingCounter({ name: `kernel:${name}`, description, source }) };
}

/** Lines that this kernel does not have are no counters here: which there are depends on how it was built. */
function openKernel(files: SystemFiles): Available<CounterSource> {
  const first = readLines(files);
  if (!first.available) return first;
  const counters = ROWS.map(({ counter }) => counter).filter(({ name }) => first.value.has(name));
  return available(
    countsSource({
      counters,
      look: () => readLines(files),
      missing: (name) => `${counters.find((counter) => counter.name === name)?.source}: gone, or no number`,
    }),
  );
}

/** The numbers that are there; a reason where there is none at all. */
function readLines(files: SystemFiles): Available<Counts> {
  const texts = new Map(FILES.map((file) => [file, files.read(file)] as const));
  const found = ROWS.flatMap(({ file, key, counter }): readonly (readonly [string, number])[] => {
    const text = texts.get(file);
    const value = text?.available === true ? numberBehind(key, text.value) : undefined;
    return value === undefined ? [] : [[counter.name, value]];
  });
  if (found.length > 0) return available(new Map(found));
  const reasons = [...texts].map(([file, text]) => (text.available ? `${file}: no line known` : text.reason));
  return unavailable(reasons.join('; '));
}

/** No number of the kernel has more digits. */
const MOST_DIGITS = 20;

/** The first number of the line that begins with the key; a search, because one of the files has thousands of numbers. */
function numberBehind(key: string, text: string): number | undefined {
  const start = text.startsWith(`${key} `) ? 0 : text.indexOf(`\n${key} `) + 1;
  if (start === 0 && !text.startsWith(`${key} `)) return undefined;
  const behind = text.slice(start + key.length + 1, start + key.length + 2 + MOST_DIGITS);
  return wholeNumber(/^\d+(?=\s|$)/.exec(behind)?.[0]);
}
