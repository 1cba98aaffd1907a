import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { clocksComparison } from '../../src/report/clocks-comparison.ts';
import type { CaseRun } from '../../src/suite/case-run.ts';
import { comparison } from './sample-comparison.ts';
import { caseResult, caseRun, sampleReport } from './sample-report.ts';

function lines(...runs: readonly Partial<CaseRun>[]): ReturnType<typeof clocksComparison> {
  const whole = sampleReport();
  const results = [caseResult({ runs: runs.map((changes) => caseRun(changes)) })];
  return clocksComparison({ ...whole, command: { ...whole.command, externalClock: 'host:4123' }, results });
}

const drift = (value: number, spanNs: number) =>
  available({ driftPpm: { value, low: value - 2, high: value + 2 }, spanNs, points: 9, constant: true });

describe('clocksComparison()', () => {
  it('has nothing to say where no external clock was asked for', () => {
    expect(clocksComparison(sampleReport())).toEqual([]);
  });

  it('sums over the cases, and weighs the drift of the device by its span', () => {
    const external = available(comparison({ guestWallNs: 1e9 - 100e3 }));
    expect(lines({ external, deviceClock: drift(5, 3e9) }, { external, deviceClock: drift(1, 1e9) })).toEqual(
      [
        ['external', 'guest 2.00 s, host:4123 2.00 s ± 200 µs: drift -100.0 ± 100.0 ppm; the clocks agree'],
        ['device clock', "drift 4.0 ± 2.0 ppm against the guest's, over 4.00 s of sampling"],
      ],
    );
  });

  it('says where they disagree, and what is not known', () => {
    const [row] = lines(
      { external: available(comparison({ guestWallNs: 0.95e9, verdict: 'stopped' })) },
      { external: unavailable('host:4123: no answer') },
    );
    expect(row?.[1]).toEqual({
      style: 'caution',
      text: 'guest 950 ms, host:4123 1.00 s ± 100 µs: drift -50000.0 ± 100.0 ppm; the clocks disagree in 1 of 1 runs of cases; unknown for 1 runs of cases (host:4123: no answer)',
    });
    expect(lines({ external: unavailable('host:4123: no answer') })[0]?.[1]).toEqual({
      style: 'caution',
      text: 'unknown: host:4123: no answer',
    });
  });
});
