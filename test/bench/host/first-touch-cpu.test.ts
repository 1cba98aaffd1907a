// What the figures of the first touch say of memory that is fresh, and of memory that is not.
import { describe, expect, it } from 'vitest';
import { touchFigures } from '../../../bench/host/first-touch-cpu.ts';

const PAGES = 4096;
const round = (faults: number) => ({ ns: 2000 * PAGES, faults });
const estimates = (faults: number, touch: number) =>
  touchFigures([round(faults), round(faults), round(faults)], PAGES, touch).map(({ estimate }) => estimate);

describe('touchFigures()', () => {
  it('gives time and faults by page', () => {
    const time = { available: true, value: { value: 2000, low: 2000, high: 2000 } };
    const faults = (ratio: number) => ({ available: true, value: { value: ratio, low: ratio, high: ratio } });
    expect(estimates(PAGES, 1)).toEqual([time, faults(1)]);
    expect(estimates(0, 2)).toEqual([time, faults(0)]);
    // Huge pages of 2 MiB.
    expect(estimates(PAGES / 512, 1)).toEqual([time, faults(1 / 512)]);
  });

  it('gives no time of a first touch where the memory was touched before', () => {
    expect(estimates(2, 1)[0]).toEqual({
      available: false,
      reason: 'the driver handed out memory that was touched before',
    });
  });
});
