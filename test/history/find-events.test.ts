import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { findEvents } from '../../src/history/find-events.ts';
import { reportFacts } from '../compare/sample-sides.ts';

describe('findEvents()', () => {
  it('finds nothing between reports alike, whenever and wherever they lie', () => {
    const after = reportFacts({ path: 'b.json', startedAt: available('2026-03-01T00:00:00Z') });
    expect(findEvents(reportFacts(), after)).toEqual([]);
  });

  it('finds another driver, tool, kernel and number of CPUs', () => {
    const after = reportFacts({
      driver: available('Example 1.3'),
      toolVersion: '0.2.0',
      linuxRelease: available('6.12.0'),
      cpuCount: 8,
    });
    const events = findEvents(reportFacts({ cpuCount: 4 }), after);
    expect(events.map(({ id, before, after: now }) => [id, before, now])).toEqual([
      ['driver', 'Example 1.2', 'Example 1.3'],
      ['tool', '0.1.0', '0.2.0'],
      ['kernel', expect.any(String), '6.12.0'],
      ['cpu-count', '4', '8'],
    ]);
  });

  it('knows of no change where one of the two does not tell', () => {
    const silent = reportFacts({ driver: unavailable('no device'), cpuCount: null });
    expect(findEvents(silent, reportFacts())).toEqual([]);
    expect(findEvents(reportFacts(), silent)).toEqual([]);
  });

  it('finds settings that were given, changed or left out, whatever they are called', () => {
    const settings = { wait: 'spin', pin: 'auto', LP_NUM_THREADS: '2' };
    const later = { wait: 'block', pin: 'auto', constructor: '1' };
    const events = findEvents(reportFacts({ settings }), reportFacts({ settings: later }));
    expect(events).toEqual([
      { id: 'setting', what: 'setting wait', before: 'spin', after: 'block' },
      { id: 'setting', what: 'setting LP_NUM_THREADS', before: '2', after: null },
      { id: 'setting', what: 'setting constructor', before: null, after: '1' },
    ]);
  });
});
