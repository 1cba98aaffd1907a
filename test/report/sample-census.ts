// A small census of pretended clocks: one source of every kind, for tests of the table and the schema.
import { available, unavailable } from '../../src/base/availability.ts';
import type { ClocksReport } from '../../src/report/clocks-report.ts';
import type { ClockCensus } from '../../src/timing/clock-census.ts';

const capability = unavailable('not probed in a test');

export const sampleCensus: ClockCensus = {
  verdict: {
    tier: 'A',
    title: 'steal measured',
    reason: 'a test says so',
    stealBound: 'from W − C − R to /proc/stat',
    gapIncludesIrq: false,
  },
  capabilities: {
    schedstat: capability,
    gvisor: capability,
    hypervisor: capability,
    paravirtTimeAccountingObserved: capability,
    paravirtTimeAccounting: capability,
    stealClock: capability,
    irqTimeAccounting: capability,
    clocksource: { available: true, value: 'tsc', source: 'a test' },
    perfEventParanoid: { available: true, value: 2, source: 'a test' },
    cgroupVersion: { available: true, value: 'v2', source: 'a test' },
  },
  loopCost: { minNs: 1, medianNs: 2, p99Ns: 20, batches: 500, readingsPerBatch: 1000 },
  sources: [
    {
      name: 'CLOCK_MONOTONIC',
      scope: 'machine',
      counts: 'time since boot',
      measured: available({
        cost: { minNs: 52, medianNs: 53, p99Ns: 1200, batches: 500, readingsPerBatch: 370 },
        smallestStepNs: available(50),
        statedResolutionNs: available(1),
        ranBackwards: 0,
        comparisons: 20_000,
      }),
    },
    {
      name: 'CPUID',
      scope: 'CPU',
      counts: 'nothing',
      measured: available({
        cost: { minNs: 3700, medianNs: 3800, p99Ns: 9000, batches: 500, readingsPerBatch: 5 },
        smallestStepNs: unavailable('it is no clock'),
        statedResolutionNs: unavailable('it is no clock'),
        ranBackwards: 0,
        comparisons: 0,
      }),
    },
    {
      name: 'switch ring',
      scope: 'thread',
      counts: 'context switches',
      measured: unavailable('perf_event_paranoid is 3'),
    },
  ],
  nullWindows: [
    available({
      clock: 'pure-node',
      wallClock: 'CLOCK_MONOTONIC',
      windowNs: 1e6,
      windows: 1000,
      blockedWindows: 12,
      waitedWindows: 40,
      distribution: available({
        p01Ns: -376,
        p10Ns: -130,
        p50Ns: 10,
        p90Ns: 145,
        p99Ns: 1011,
        absoluteMedianNs: 65,
        boundMedianNs: 4955,
      }),
      schedulerDrift: available({ ppm: 1.1, boundPpm: 24, spanNs: 2e8 }),
    }),
    unavailable('koffi: not installed'),
  ],
  drifts: [
    {
      clock: 'CLOCK_MONOTONIC',
      reference: 'CLOCK_MONOTONIC_RAW',
      drift: available({ ppm: -0.002, boundPpm: 0.06, spanNs: 3e9 }),
    },
    {
      clock: 'performance.now',
      reference: 'CLOCK_MONOTONIC',
      drift: unavailable('the reference did not move'),
    },
  ],
};

/** What `guestmark clocks --json` prints of it. */
export function sampleClocksReport(): ClocksReport {
  return {
    schema: 'guestmark-clocks',
    schemaVersion: '1.0',
    tool: { name: 'guestmark', version: '0.1.0', node: 'v22.0.0' },
    startedAt: '2026-11-26T21:00:00.000Z',
    ...sampleCensus,
  };
}
