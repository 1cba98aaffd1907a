import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { type StallRecord, stallsTable } from '../../src/commands/stalls-table.ts';
import type { Stall } from '../../src/timing/index.ts';

function stallAt(startNs: number, durationNs: number, cause: Stall['cause']): Stall {
  const ledger = { cpuNs: durationNs, runQueueNs: 0, stealAndBlockedNs: 0, uncertaintyNs: 2000 };
  return { startNs, durationNs, cause, ledger: available(ledger) };
}

const record: StallRecord = {
  watched: { startNs: 100e9, endNs: 110e9 },
  cpu: available(3),
  stampClock: 'CLOCK_MONOTONIC',
  snapshotClock: 'koffi',
  tier: 'B',
  tierTitle: 'steal in ticks only',
  tierReason: 'CONFIG_PARAVIRT_TIME_ACCOUNTING is not set',
  calibration: {
    turnNs: 60,
    nullRunNs: 200e6,
    ticks: { count: 50, p50Ns: 30e3, p90Ns: 40e3, p99Ns: 80e3, longestNs: 90e3 },
    leastHoleNs: 5e3,
    thresholdNs: 80e3,
    interruptNs: 250e3,
    snapshotCostNs: 2500,
    periodNs: 1e6,
  },
  stalls: [
    stallAt(101e9, 20e6, 'unattributed'),
    stallAt(102e9, 100e3, 'interrupt'),
    { ...stallAt(103e9, 1e6, 'unattributed'), ledger: unavailable('gVisor') },
  ],
  dropped: 2,
  sums: [
    { cause: 'steal', count: 0, sumNs: 0, longestNs: 0 },
    { cause: 'unattributed', count: 2, sumNs: 21e6, longestNs: 20e6 },
  ],
  histogram: [{ fromNs: 16384, count: 2500 }],
  cpuSteal: available({ stealNs: 20e6, tickNs: 10e6 }),
  failure: null,
};

describe('stallsTable()', () => {
  const text = stallsTable(record, { width: 120, color: false });

  it('lists stalls by their onset since the beginning, without the interrupts', () => {
    expect(text).toMatch(/^1\.000000 s +20\.0 ms +unattributed +20\.0 ms +0 ns +0 ns$/m);
    expect(text).toMatch(/^3\.000000 s +1\.00 ms +unattributed +\? +\? +\?$/m);
    expect(text).not.toMatch(/^2\.000000 s/m);
  });

  it('sums them up per cause as shares of the time', () => {
    expect(text).toMatch(/^unattributed +2 +21\.0 ms +0\.2 % +20\.0 ms$/m);
    expect(text).toMatch(/^steal +0$/m);
  });

  it('says what unattributed may be where CPU time contains the steal, and what was dropped', () => {
    expect(text).toContain('unattributed stalls may be steal: CONFIG_PARAVIRT_TIME_ACCOUNTING is not set');
    expect(text).toContain('/proc/stat counted 20.0 ms of steal meanwhile (± 10.0 ms)');
    expect(text).toContain('2 stalls did not fit');
    const exact = stallsTable({ ...record, tier: 'A' }, { width: 120, color: false });
    expect(exact).not.toContain('may be steal');
  });

  it('fits 80 columns', () => {
    const free = unavailable('sched_setaffinity refuses CPU 3');
    const narrow = stallsTable({ ...record, cpu: free }, { width: 80, color: false });
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(narrow).toContain('watched  no CPU in particular (sched_setaffinity refuses CPU 3) for');
  });

  it('lists only the longest of very many', () => {
    const stalls = Array.from({ length: 100 }, (_, i) =>
      stallAt(101e9 + i * 1e6, (i + 1) * 1e6, 'run-queue'),
    );
    const long = stallsTable({ ...record, stalls }, { width: 120, color: false });
    expect(long.match(/run-queue/g)).toHaveLength(40);
    expect(long).toContain('60 shorter ones are not listed');
  });
});
