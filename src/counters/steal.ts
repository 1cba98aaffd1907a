// Time that the hypervisor took from this machine's CPUs, by /proc/stat, with the ids that the kernel gives the CPUs. Where the
// kernel cannot count it, it shows 0: that is told apart here, by whether anybody offers a clock of it.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { parseCpuSteal, readCpuSteal, tickLength } from '../timing/cpu-steal.ts';
import { stealClock } from '../timing/probe-hypervisor.ts';
import type { Machine } from '../virt/machine.ts';
import { plainText } from '../virt/plain-text.ts';
import type { CounterDescription, CounterGroupDefinition, CounterSource } from './counter.ts';
import { type Counts, countsSource, growingCounter, wholeNumber } from './read-counts.ts';

/** NR_CPUS of the largest kernels. */
const MOST_CPUS = 8192;
const TOTAL = 'steal:total';
const nameOf = (cpu: number): string => `steal:cpu${cpu}`;

/** The group `steal`. */
export const STEAL_COUNTERS: CounterGroupDefinition = {
  id: 'steal',
  title: 'Time that the hypervisor took',
  open: ({ machine }) => openSteal(machine),
};

function openSteal({ files, cpuid }: Machine): Available<CounterSource> {
  const steal = readCpuSteal(files);
  if (!steal.available) return unavailable(plainText(steal.reason));
  const offered = stealClock(files, cpuid);
  if (!offered.available) {
    return unavailable(`whether steal is counted is not known, and 0 would mean nothing: ${offered.reason}`);
  }
  if (!offered.value) return unavailable(`nobody tells this kernel of steal: ${offered.source}`);
  const isSeen = [...steal.value.values()].some((ticks) => ticks > 0);
  const counters = describeSteal(
    [...steal.value.keys()].slice(0, MOST_CPUS),
    isSeen
      ? 'a change of 0 means none, for this kernel has counted some since it started'
      : `a change of 0 should mean none, though none was counted since the start: ${offered.source}`,
  );
  return available(
    countsSource({
      counters,
      look: () => readSteal(files),
      missing: (name) => (name === TOTAL ? '/proc/stat: no row cpu' : '/proc/stat: the CPU is offline'),
    }),
  );
}

function describeSteal(cpus: readonly number[], zero: string): readonly CounterDescription[] {
  const { tickNs } = tickLength();
  const counter = (name: string, of: string, row: string): CounterDescription =>
    growingCounter({
      name,
      unit: 'ns',
      scale: tickNs,
      description: `Time for which ${of} wanted to run and the hypervisor ran something else; ${zero}.`,
      source: `/proc/stat, row ${row}, column steal`,
    });
  return [
    counter(TOTAL, 'all CPUs together', 'cpu'),
    ...cpus.map((cpu) => counter(nameOf(cpu), `CPU ${cpu}`, `cpu${cpu}`)),
  ];
}

/** The eighth number of the row `cpu`, which is the sum over all CPUs, offline ones included. */
const TOTAL_ROW = /^cpu +\d+ \d+ \d+ \d+ \d+ \d+ \d+ (\d+)/m;

function readSteal(files: SystemFiles): Available<Counts> {
  const text = files.read('/proc/stat');
  if (!text.available) return text;
  const parsed = parseCpuSteal(text.value);
  if (!parsed.available) return unavailable(plainText(parsed.reason));
  return mapAvailable(parsed, (cpus) => {
    const total = wholeNumber(TOTAL_ROW.exec(text.value)?.[1]);
    const rows = [...cpus].map(([cpu, ticks]) => [nameOf(cpu), ticks] as const);
    return new Map(total === undefined ? rows : [[TOTAL, total], ...rows]);
  });
}
