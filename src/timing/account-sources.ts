// The accounts that the kernel keeps of threads and CPUs, and CPUID, as sources: one line each. Most of
// them exist on some machines only.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import type { ClockSource, OpenedSource } from './clock-source.ts';
import { readCpuSteal, tickLength } from './cpu-steal.ts';
import { openCpuid } from './cpuid.ts';
import { openThreadSwitchRing, type SwitchRing } from './switch-ring.ts';
import { openThreadSchedstat, type Schedstat } from './thread-schedstat.ts';

/** The kernel's accounts, those of a thread first. */
export const ACCOUNT_SOURCES: readonly ClockSource[] = [
  {
    name: 'schedstat',
    scope: 'thread',
    counts: '/proc/thread-self/schedstat by a kept descriptor: C (up to a tick old) and run-queue wait R',
    open: openSchedstat,
  },
  {
    name: '/proc/stat',
    scope: 'CPU',
    counts: 'steal of every CPU in ticks',
    open: () => openCpuSteal(systemFiles()),
  },
  {
    name: 'switch ring, empty',
    scope: 'thread',
    counts: 'PERF_RECORD_SWITCH: a look for new context switches',
    open: () => mapAvailable(openThreadSwitchRing(), emptyRing),
  },
  {
    name: 'switch ring, a record',
    scope: 'thread',
    counts: 'PERF_RECORD_SWITCH: one context switch in CLOCK_MONOTONIC',
    open: () => mapAvailable(openThreadSwitchRing(), filledRing),
  },
  {
    name: 'CPUID',
    scope: 'CPU',
    counts: 'nothing: an exit to the hypervisor, and back',
    open: () => mapAvailable(openCpuid(), (cpuid) => ({ read: () => cpuid(0).eax, ...WITHOUT_TIME })),
  },
];

/** What is no clock has a cost and no steps. */
const NO_CLOCK = 'it is no clock';
const WITHOUT_TIME = { statedResolutionNs: unavailable(NO_CLOCK), noSteps: NO_CLOCK } as const;

function emptyRing(ring: SwitchRing): OpenedSource {
  const ignore = (): void => {};
  return { read: () => ring.drain(ignore), ...WITHOUT_TIME, close: () => ring[Symbol.dispose]() };
}

/** Short sleeps before each reading, two switches each. */
const SLEEPS = 20;
const SLEEP_MS = 0.001;

function filledRing(ring: SwitchRing): OpenedSource {
  const asleep = new Int32Array(new SharedArrayBuffer(4));
  let offNs = 0;
  return {
    prepare: () => {
      ring.drain(() => {});
      for (let i = 0; i < SLEEPS; i++) Atomics.wait(asleep, 0, 0, SLEEP_MS);
      return 2 * SLEEPS;
    },
    read: () => {
      ring.drain(({ atNs, out }) => {
        offNs += out ? -atNs : atNs;
      });
      return offNs;
    },
    ...WITHOUT_TIME,
    close: () => ring[Symbol.dispose](),
  };
}

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
