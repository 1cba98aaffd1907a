import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { DeviceState } from '../../src/device-state/device-state.ts';
import { deviceWarnings } from '../../src/report/device-warnings.ts';
import type { ReportWarning } from '../../src/report/report.ts';
import { around, caseRun, sampleColumns } from './sample-report.ts';

const STATE: DeviceState = {
  computeClockHz: available(1.98e9),
  memoryClockHz: available(2.6e9),
  temperatureCelsius: available(55),
  powerWatts: available(400),
  throttleReasons: available([]),
  busyRatio: available(1),
  costNs: 40_000,
};

function warnings(
  before: Partial<DeviceState>,
  after: Partial<DeviceState> = before,
): readonly ReportWarning[] {
  const samples = sampleColumns(around(4e6, 20));
  const change = { before: { ...STATE, ...before }, after: { ...STATE, ...after } };
  const runs = [
    { ...caseRun({ deviceState: available(change) }), samples },
    { ...caseRun({ run: 2 }), samples },
  ];
  return deviceWarnings({ runs, isOneChain: false, impossible: [], clockProblem: null });
}

describe('deviceWarnings()', () => {
  it('has nothing to say about a device at steady clocks', () => {
    expect(warnings({}, { computeClockHz: available(1.905e9) })).toEqual([]);
    expect(warnings({ throttleReasons: unavailable('no'), computeClockHz: unavailable('no') })).toEqual([]);
  });

  it('names what held the device back, once, and in how many runs', () => {
    const [warning] = warnings({ throttleReasons: available(['power limit (software)']) });
    expect(warning).toMatchObject({
      id: 'device-throttled',
      message: 'in 1 of 2 runs: power limit (software)',
    });
  });

  it('tells a clock that changed, with both values', () => {
    expect(warnings({}, { computeClockHz: available(1.2e9) })).toMatchObject([
      {
        id: 'device-clock-changed',
        message: 'the compute clock was between 1200 and 1980 MHz around the samples (39 %)',
      },
    ]);
    expect(warnings({}, { memoryClockHz: available(1.3e9) })[0]?.message).toContain('the memory clock');
  });

  it('says what is wrong with timestamps and rates, each with an advice', () => {
    const all = deviceWarnings({
      runs: [],
      isOneChain: false,
      impossible: ['too fast'],
      clockProblem: 'they are equal',
    });
    expect(all.map(({ id, message }) => [id, message])).toEqual([
      ['device-timestamps', 'they are equal'],
      ['impossible-rate', 'too fast'],
    ]);
    for (const { advice } of all) expect(advice).toBeTruthy();
  });
});
