// Interrupts since the start of the system: those of each GPU, and the rows of /proc/interrupts that tell of virtualization and
// of CPUs that disturb each other. The kernel counts each CPU's in 32 bits; here they are added up wide.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import {
  deviceLines,
  type InterruptLine,
  type Interrupts,
  parseInterrupts,
} from '../device-state/interrupt-lines.ts';
import { plainText } from '../virt/plain-text.ts';
import type { CounterContext, CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type Counts, countsSource, growingCounter } from './read-counts.ts';
import { widenCounts } from './wide-counts.ts';

/** The group `interrupts`. */
export const INTERRUPT_COUNTERS: CounterGroupDefinition = {
  id: 'interrupts',
  title: 'Interrupts',
  open: openInterrupts,
};

/** Which lines a counter adds up, or why none. */
interface InterruptCounter {
  readonly counter: CounterDescription;
  readonly isOwn: Available<(line: InterruptLine) => boolean>;
}

const FILE = '/proc/interrupts';

/** Rows that are not devices': the label of x86, and the words, which other architectures use too. */
const ROWS = [
  [
    'HYP',
    'Hypervisor callback interrupts',
    'hypervisor-callback',
    'Interrupts by which the hypervisor calls this kernel',
  ],
  [
    'HRE',
    'Hyper-V reenlightenment interrupts',
    'hyper-v-reenlightenment',
    'Interrupts after a migration to another host',
  ],
  ['HVS', 'Hyper-V stimer0 interrupts', 'hyper-v-timer', 'Interrupts of the timer that Hyper-V gives'],
  ['LOC', 'Local timer interrupts', 'local-timer', "Interrupts of the CPUs' own timers"],
  [
    'RES',
    'Rescheduling interrupts',
    'rescheduling',
    'Interrupts by which a CPU wakes another one for a task',
  ],
  [
    'CAL',
    'Function call interrupts',
    'function-call',
    'Interrupts by which a CPU has another one call something',
  ],
  ['TLB', 'TLB shootdowns', 'tlb-shootdown', 'Interrupts that drop translations of addresses on other CPUs'],
  [
    'NMI',
    'Non-maskable interrupts',
    'non-maskable',
    'Interrupts that cannot be masked: watchdogs, profilers, faults',
  ],
  [
    'PMI',
    'Performance monitoring interrupts',
    'performance-monitoring',
    'Interrupts of the performance monitoring unit',
  ],
] as const;

function openInterrupts({ machine: { files }, devices }: CounterContext): Available<CounterSource> {
  const text = files.read(FILE);
  if (!text.available) return text;
  const { cpus, lines } = parseInterrupts(text.value);
  const rows: readonly InterruptCounter[] = [
    ...deviceCounters(devices, files),
    ...ROWS.map((row) => kernelRow(row)).filter(({ isOwn }) => isOwn.available && lines.some(isOwn.value)),
  ];
  if (rows.length === 0) return unavailable(`${FILE}: no row that is known, and no GPU`);
  const widen = widenCounts();
  const missing = missingReasons(rows);
  return available(
    countsSource({
      counters: rows.map(({ counter }) => counter),
      look: () => {
        const now = mapAvailable(files.read(FILE), parseInterrupts);
        // A CPU that comes brings all that it has counted since the start, and one that goes takes it away.
        const isOther = now.available && now.value.cpus.join() !== cpus.join();
        if (isOther) return unavailable(`${FILE}: other CPUs are online than at the beginning`);
        return mapAvailable(now, (value) => sumRows(value, rows, widen));
      },
      missing: (name) => missing.get(name) as string,
    }),
  );
}

/** One for each address: two drivers may show one GPU as two devices. */
function deviceCounters(devices: CounterContext['devices'], files: SystemFiles): readonly InterruptCounter[] {
  const counters = devices.flatMap((device): readonly (readonly [string, InterruptCounter])[] => {
    if (!device.pciAddress.available) return [];
    const address = plainText(device.pciAddress.value);
    const counter = deviceCounter(address, device.name);
    return [[address, { counter, isOwn: deviceLines(device, files) }]];
  });
  return [...new Map(counters).values()];
}

function deviceCounter(address: string, name: string): CounterDescription {
  return growingCounter({
    name: `interrupts:${address}`,
    description: `Interrupts that the GPU ${plainText(name)} raised, on all CPUs.`,
    source: `${FILE}, the lines of ${address} by its folder in sysfs, else by its driver`,
  });
}

function kernelRow([label, words, name, description]: (typeof ROWS)[number]): InterruptCounter {
  return {
    counter: growingCounter({
      name: `interrupts:${name}`,
      description: `${description}, on all CPUs.`,
      source: `${FILE}, row ${label} (${words})`,
    }),
    isOwn: available(({ irq, source }) => irq === label || source === words),
  };
}

function missingReasons(rows: readonly InterruptCounter[]): ReadonlyMap<string, string> {
  return new Map(
    rows.map(({ counter: { name }, isOwn }) => [
      name,
      isOwn.available ? `${FILE}: no such line` : isOwn.reason,
    ]),
  );
}

/** A counter without a line is left out: a driver that gave its interrupts up has none, which is not 0. */
function sumRows(
  { cpus, lines }: Interrupts,
  rows: readonly InterruptCounter[],
  widen: (key: string, value: number) => number,
): Counts {
  const sums = new Map<string, number>();
  for (const { counter, isOwn } of rows) {
    const own = isOwn.available ? lines.filter(isOwn.value) : [];
    if (own.length === 0) continue;
    let sum = 0;
    for (const { irq, counts } of own) {
      for (const [index, count] of counts.entries()) sum += widen(`${irq} ${cpus[index]}`, count);
    }
    sums.set(counter.name, sum);
  }
  return sums;
}
