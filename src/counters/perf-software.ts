// Events that the kernel itself counts. Without privilege it leaves out what happens in the kernel, and with it every event
// that only happens there: those would read 0 for ever, so they are refused here with the reason.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CounterContext, CounterGroupDefinition, CounterSource } from './counter.ts';
import {
  disposeRows,
  isOpen,
  type OpenedRow,
  openPerfAccess,
  openRow,
  PERF_DISTURBS,
  type PerfEventRow,
  perfSource,
} from './perf-group.ts';

const GROUP = 'perf-software';

/** The group `perf-software`. */
export const PERF_SOFTWARE_COUNTERS: CounterGroupDefinition = {
  id: GROUP,
  title: 'Software events of this process',
  disturbs: PERF_DISTURBS,
  open: openSoftware,
};

interface SoftwareRow extends PerfEventRow {
  /** Whether it happens in the kernel, so that a count without the kernel is always 0. */
  readonly inKernel: boolean;
}

/** PERF_TYPE_SOFTWARE. */
const SOFTWARE = 1;

/** perf_event_open(2): "never on x86"; and only kernels of other architectures emulate with a count. */
const NEVER_ON_X86: readonly string[] = ['alignment-faults', 'emulation-faults'];
const IN_KERNEL: readonly string[] = ['context-switches', 'cpu-migrations', 'cgroup-switches'];

/** enum perf_sw_ids of linux/perf_event.h; dummy and bpf-output count nothing. */
const ROWS: readonly SoftwareRow[] = [
  row(
    'cpu-clock',
    0,
    'Time for which threads of this process were on a CPU, by its clock; contains steal.',
    'ns',
  ),
  row('task-clock', 1, 'Time for which threads of this process were on a CPU; contains steal.', 'ns'),
  row('page-faults', 2, 'Page faults, minor and major.'),
  row('context-switches', 3, 'Times that a thread of this process left its CPU.'),
  row('cpu-migrations', 4, 'Times that a thread of this process came to another CPU.'),
  row('page-faults-min', 5, 'Page faults that needed no disk.'),
  row('page-faults-maj', 6, 'Page faults that waited for a disk.'),
  row('alignment-faults', 7, 'Accesses across a boundary that the kernel had to finish.'),
  row('emulation-faults', 8, 'Instructions that the kernel carried out because the CPU does not have them.'),
  row('cgroup-switches', 11, 'Context switches to a task of another control group.'),
];

function row(
  name: string,
  config: number,
  description: string,
  unit: PerfEventRow['unit'] = 'count',
): SoftwareRow {
  const constant = `PERF_COUNT_SW_${name.toUpperCase().replaceAll('-', '_')}`;
  return { type: SOFTWARE, config, name, constant, unit, description, inKernel: IN_KERNEL.includes(name) };
}

function openSoftware(context: CounterContext): Available<CounterSource> {
  const access = openPerfAccess(context);
  if (!access.available) return access;
  const rows = ROWS.map((one) => honest(openRow(access.value, one), one, context.machine.architecture));
  const refused = rows.map(({ event }) => (isOpen(event) ? undefined : event.reason));
  if (rows.some(({ event }) => isOpen(event))) {
    return available(perfSource(GROUP, rows, access.value.threadIds.length));
  }
  return unavailable(refused[0] ?? 'no event is known');
}

/** Takes an event back that was opened and can only read 0. */
function honest(opened: OpenedRow, { inKernel, name }: SoftwareRow, architecture: string): OpenedRow {
  const reason = alwaysZero(opened, inKernel, name, architecture);
  if (reason === undefined) return opened;
  disposeRows([opened]);
  return { row: opened.row, event: { error: '', reason } };
}

function alwaysZero(
  { event }: OpenedRow,
  inKernel: boolean,
  name: string,
  architecture: string,
): string | undefined {
  if (!isOpen(event)) return undefined;
  if (NEVER_ON_X86.includes(name) && architecture === 'x64') {
    return 'kernels for x86 never count one: the CPU does by itself what others need the kernel for';
  }
  return inKernel && event.userOnly
    ? 'it happens in the kernel, which this process may not count: it would always be 0 (the group process has switches)'
    : undefined;
}
