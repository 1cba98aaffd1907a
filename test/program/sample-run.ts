// A run of a program as tests need it: 4 s on CPU 0, half of it stolen. Every part can be replaced.
import { available } from '../../src/base/availability.ts';
import type { ProgramRun } from '../../src/program/program-run.ts';

export function sampleRun(overrides: Partial<ProgramRun> = {}): ProgramRun {
  return {
    startNs: 1e12,
    endNs: 1e12 + 4.018e9,
    wallNs: 4.018e9,
    userNs: 2.02e9,
    systemNs: 0.01e9,
    cpuNs: 2.03e9,
    cpuIncludesSteal: false,
    runQueueNs: available(5.3e6),
    throttledNs: available(0),
    blockedNs: available(0),
    stealAndBlockedNs: available(1.99e9),
    stealNs: available({ lowNs: 1.98e9, highNs: 2.06e9, reason: 'charged by the scheduler' }),
    correctedWallNs: available({ lowNs: 1.958e9, highNs: 2.038e9, reason: 'the main thread never slept' }),
    stat: available({
      perCpuNs: [{ cpu: 0, deltaNs: available(2.05e9), ranBackwards: false }],
      tickNs: 1e7,
    }),
    exitCode: 0,
    signal: null,
    threads: { seen: 1, exact: true, lost: 0, lostRunQueueNs: available(0), leftRunning: 0 },
    voluntarySwitches: 1,
    involuntarySwitches: 400,
    maxRssBytes: available(80 * 2 ** 20),
    looks: { count: 45, cpuNs: 12e6 },
    ...overrides,
  };
}
