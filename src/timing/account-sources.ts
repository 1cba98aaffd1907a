// The accounts that the kernel keeps of threads and CPUs, and CPUID, as sources: one line each. Most of
// them exist on some machines only.
import { type Available, available, mapAvailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import type { ClockSource, OpenedSource } from './clock-source.ts';
import { readCpuSteal, tickLength } from './cpu-steal.ts';
import { openCpuid } from './cpuid.ts';
import { openThreadSchedstat, SCHEDSTAT_PATH, type Schedstat } from './thread-schedstat.ts';

/** The kernel's accounts, those of a thread first. */
export const ACCOUNT_SOURCES: readonly ClockSource[] = [
  {
    name: SCHEDSTAT_PATH,
    scope: 'thread',
    counts: 'C (up to a tick old) and run-queue wait R, from a kept descriptor',
    open: openSchedstat,
  },
  {
    name: '/proc/stat',
    scope: 'CPU',
    counts: 'steal of every CPU in ticks',
    open: () => openCpuSteal(systemFiles()),
  },
  {
    name: 'CPUID',
    scope: 'CPU',
    counts: 'nothing: an exit to the hypervisor, and back',
    open: () =>
      mapAvailable(openCpuid(), (cpuid) => ({
        read: () => cpuid(0).eax,
        statedResolutionNs: { available: false, reason: 'it tells no time' },
        noSteps: 'it tells no time',
      })),
  },
];

function openSchedstat(): Available<OpenedSource> {
  const into: Schedstat = { cpuNs: 0, runQueueNs: 0, timeslices: 0 };
  return mapAvailable(openThreadSchedstat(), (schedstat) => ({
    read: () => {
      schedstat.read(into);
      return into.cpuNs;
    },
    statedResolutionNs: available(1),
    close: () => schedstat[Symbol.dispose](),
  }));
}

function openCpuSteal(files: SystemFiles): Available<OpenedSource> {
  const { tickNs } = tickLength();
  return mapAvailable(readCpuSteal(files), () => ({
    read: () => {
      const steal = readCpuSteal(files);
      return steal.available ? [...steal.value.values()].reduce((sum, ticks) => sum + ticks, 0) * tickNs : 0;
    },
    statedResolutionNs: available(tickNs),
  }));
}
