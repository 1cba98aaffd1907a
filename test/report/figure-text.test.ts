import { describe, expect, it } from 'vitest';
import { figureText, rangeText } from '../../src/report/figure-text.ts';

describe('figureText()', () => {
  it.each([
    [{ unit: 'ns', value: 0.5 }, 'items', '0.50 ns'],
    [{ unit: 'ns', value: 3.2 }, 'hops', '3.20 ns/hop'],
    [{ unit: '1/s', value: 1.5e9 }, 'keys', '1.50 Gkeys/s'],
    [{ unit: '1/s', value: 1.5e3 }, 'items', '1.50 k/s'],
    [{ unit: 'B/s', value: 1.5e9 }, 'keys', '1.50 GB/s'],
    [{ unit: 'FLOP/s', value: 70e9 }, 'items', '70.0 GFLOP/s'],
    [{ unit: 'FLOP/B', value: 5.25 }, 'items', '5.25 FLOP/B'],
    [{ unit: 'ratio', value: 0.873 }, 'items', '87 %'],
    [{ unit: 'B', value: 4096 }, 'items', '4.00 KiB'],
    [{ unit: 'ppm', value: 12.34 }, 'items', '12.3 ppm'],
    [{ unit: 'count', value: 1.25 }, 'items', '1.25'],
  ] as const)('writes %o of %s', (figure, itemName, expected) => {
    expect(figureText(figure, itemName)).toBe(expected);
  });
});

describe('rangeText()', () => {
  it.each([
    ['ns', 4900, 5100, '4.90–5.10 µs'],
    ['ns', -100, 5100, '-100 ns to 5.10 µs'],
    ['ppm', 1.5, 2.25, '1.50–2.25 ppm'],
    ['ppm', -3.2, 1.5, '-3.20 ppm to 1.50 ppm'],
    ['count', 3, 12, '3–12'],
    ['B', 4096, 8192, '4.00–8.00 KiB'],
    ['B', 512, 8192, '512 B–8.00 KiB'],
    ['ratio', 0.1, 0.25, '10–25%'],
    ['B/s', 1e9, 2e9, '1.00–2.00 GB/s'],
    ['1/s', 1e3, 2e3, '1.00–2.00 k/s'],
    ['count', 7, 7, '7'],
  ] as const)('writes %s from %d to %d as %s', (unit, low, high, text) => {
    expect(rangeText(unit, low, high)).toBe(text);
  });
});
