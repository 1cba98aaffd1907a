import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readInstant, watchDate } from '../../src/base/date-watch.ts';
import { systemFiles } from '../../src/base/system-files.ts';

const S = 1e9;
const START = { dateNs: 1e18, awakeNs: 5 * S, bootNs: (70 * S) as number | null };

/** What is found when the clocks have moved so far. */
function after(date: number, awake: number, boot: number | null): ReturnType<ReturnType<typeof watchDate>> {
  const readings = [
    { ...START, bootNs: boot === null ? null : START.bootNs },
    {
      dateNs: START.dateNs + date * S,
      awakeNs: START.awakeNs + awake * S,
      bootNs: boot === null ? null : (START.bootNs as number) + boot * S,
    },
  ];
  return watchDate(() => readings.shift() as (typeof readings)[0])();
}

describe('watchDate()', () => {
  it.each([
    ['nothing', [60, 60, 60], null, null],
    ['a leap second', [59, 60, 60], null, null],
    ['a date set forward', [3660, 60, 60], 3600, null],
    ['a date set back', [-3540, 60, 60], -3600, null],
    ['a machine that slept', [660, 60, 660], null, 600],
    ['a machine that slept and woke with another date', [4260, 60, 660], 3600, 600],
    ['a date set back, without /proc', [-3540, 60, null], -3600, null],
    ['a sleep, without /proc', [660, 60, null], 600, null],
  ] as const)('tells %s', (_, [date, awake, boot], set, suspended) => {
    expect(after(date, awake, boot)).toEqual({
      setNs: set === null ? null : set * S,
      suspendedNs: suspended === null ? null : suspended * S,
    });
  });

  it('finds nothing on this machine within a moment', async () => {
    const changes = watchDate();
    await sleep(20);
    expect(changes()).toEqual({ setNs: null, suspendedNs: null });
  });

  it('does without /proc/uptime', () => {
    expect(readInstant(systemFiles('/nowhere')).bootNs).toBe(null);
  });
});
