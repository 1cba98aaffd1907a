import { describe, expect, it } from 'vitest';
import { figureText } from '../../src/report/figure-text.ts';

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
  ] as const)('writes %o of %s', (figure, itemName, expected) => {
    expect(figureText(figure, itemName)).toBe(expected);
  });
});
