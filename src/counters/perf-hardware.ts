// Events that the CPU counts. A guest has them where its hypervisor offers a performance monitoring unit, and each is tried on
// work that is known before it is believed. That there is none, that it is forbidden, and that it does not count are three things.
import { type Available, available, unavailable } from '../base/availability.ts';
import { isDenied } from '../timing/perf-call.ts';
import { openPerfCounter, type PerfReading } from '../timing/perf-counter.ts';
import { hypervisor } from '../timing/probe-hypervisor.ts';
import type { Machine } from '../virt/machine.ts';
import type { CounterContext, CounterGroupDefinition, CounterSource } from './counter.ts';
import { judgeCounter, type KnownQuantity, type KnownWork, knownWork } from './known-work.ts';
import {
  isOpen,
  type OpenedRow,
  openPerfAccess,
  openRow,
  PERF_DISTURBS,
  type PerfAccess,
  type PerfEventRow,
  perfSource,
  type Refusal,
  refusal,
} from './perf-group.ts';
import { pmuEvidence } from './pmu-evidence.ts';

const GROUP = 'perf-hardware';

/** The group `perf-hardware`. */
export const PERF_HARDWARE_COUNTERS: CounterGroupDefinition = {
  id: GROUP,
  title: 'Hardware events of this process',
  disturbs: PERF_DISTURBS,
  open: openHardware,
};

/** An event, and what of known work it should show. */
interface HardwareRow extends PerfEventRow {
  readonly quantity?: KnownQuantity;
}

/** PERF_TYPE_HARDWARE. */
const HARDWARE = 0;
/** PERF_TYPE_HW_CACHE: the cache, its operation in the second byte (read is 0), its result in the third (miss is 1). */
const CACHE = 3;
const READ_MISS = 1 << 16;

const ROWS: readonly HardwareRow[] = [
  {
    ...hardware('cycles', 0, 'CPU_CYCLES', 'Cycles of the CPU, at the rate it ran.', 'cycles'),
    quantity: 'cycles',
  },
  { ...hardware('instructions', 1, 'INSTRUCTIONS', 'Instructions finished.'), quantity: 'instructions' },
  hardware('cache-references', 2, 'CACHE_REFERENCES', 'Accesses to a cache, mostly the last level.'),
  hardware('cache-misses', 3, 'CACHE_MISSES', 'Accesses that no cache could serve.'),
  { ...hardware('branches', 4, 'BRANCH_INSTRUCTIONS', 'Branches finished.'), quantity: 'branches' },
  hardware('branch-misses', 5, 'BRANCH_MISSES', 'Branches that were predicted wrong.'),
  hardware(
    'stalled-cycles-frontend',
    7,
    'STALLED_CYCLES_FRONTEND',
    'Cycles without an instruction to begin.',
    'cycles',
  ),
  hardware(
    'stalled-cycles-backend',
    8,
    'STALLED_CYCLES_BACKEND',
    'Cycles in which nothing could be finished.',
    'cycles',
  ),
  {
    ...hardware('ref-cycles', 9, 'REF_CPU_CYCLES', 'Cycles at the constant rate of reference.', 'cycles'),
    quantity: 'reference cycles',
  },
  cache('L1-dcache-read-misses', 0, 'L1D', 'Reads that the first data cache could not serve.'),
  cache('LLC-read-misses', 2, 'LL', 'Reads that the last cache could not serve.'),
  cache('dTLB-read-misses', 3, 'DTLB', 'Reads whose page was not in the translation buffer.'),
];

function hardware(
  name: string,
  config: number,
  constant: string,
  description: string,
  unit: PerfEventRow['unit'] = 'count',
): PerfEventRow {
  return { type: HARDWARE, config, name, constant: `PERF_COUNT_HW_${constant}`, unit, description };
}

function cache(name: string, id: number, constant: string, description: string): PerfEventRow {
  const read = `PERF_COUNT_HW_CACHE_${constant}, reads that miss`;
  return { type: CACHE, config: id + READ_MISS, name, constant: read, unit: 'count', description };
}

function openHardware(context: CounterContext): Available<CounterSource> {
  const access = openPerfAccess(context);
  if (!access.available) return unavailable(withEvidence(access.reason, context.machine));
  const work = knownWork();
  const rows = ROWS.map((row) => openChecked(access.value, row, work));
  if (rows.some(({ event }) => isOpen(event))) {
    return available(perfSource(GROUP, rows, access.value.threadIds.length));
  }
  const refusals = rows.flatMap(({ event }) => (isOpen(event) ? [] : [event]));
  return unavailable(withEvidence(groupReason(refusals, context.machine), context.machine));
}

/** Only what has counted known work is opened for the whole process. */
function openChecked(access: PerfAccess, row: HardwareRow, work: KnownWork): OpenedRow {
  const problem = tryOnWork(access, row, work);
  return problem === undefined ? openRow(access, row) : { row, event: problem };
}

function tryOnWork({ libc, files }: PerfAccess, row: HardwareRow, work: KnownWork): Refusal | undefined {
  const open = (userOnly: boolean): ReturnType<typeof openPerfCounter> =>
    openPerfCounter(libc, row, { threadId: 0, inherit: false, userOnly });
  const first = open(false);
  const opened = typeof first === 'string' && isDenied(first) ? open(true) : first;
  if (typeof opened === 'string') return refusal(opened, files);
  using counter = opened;
  const before = counter.read();
  work.run();
  const verdict = judgeCounter(differenceOf(before, counter.read()), work, row.quantity);
  return verdict.available ? undefined : { error: '', reason: verdict.reason };
}

function differenceOf(before: PerfReading, after: PerfReading): PerfReading {
  return {
    count: after.count - before.count,
    enabledNs: after.enabledNs - before.enabledNs,
    runningNs: after.runningNs - before.runningNs,
  };
}

/** ENOENT: no driver has the event. ENODEV and EOPNOTSUPP: a driver is there, and its PMU is not. */
const ABSENT: readonly string[] = ['ENOENT', 'ENODEV', 'EOPNOTSUPP'];

/** One reason where every event was refused. That it is forbidden goes first: it says nothing of what there is. */
export function groupReason(refusals: readonly Refusal[], { files }: Pick<Machine, 'files'>): string {
  const denied = refusals.find(({ error }) => isDenied(error));
  if (denied !== undefined) return `whether there is a PMU is not known: ${denied.reason}`;
  const errors = [...new Set(refusals.map(({ error }) => error))];
  if (!errors.every((error) => ABSENT.includes(error))) return refusals[0]?.reason ?? 'no event is known';
  const guest = hypervisor(files);
  const whose =
    guest.available && guest.value ? 'the hypervisor offers no PMU' : 'the kernel has no driver for a PMU';
  return `${whose}: perf_event_open: ${errors.join(', ')} for each of ${refusals.length} events`;
}

function withEvidence(reason: string, machine: Machine): string {
  const evidence = pmuEvidence(machine);
  return evidence.length === 0 ? reason : `${reason} (${evidence.join('; ')})`;
}
