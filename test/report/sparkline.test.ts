import { describe, expect, it } from 'vitest';
import { sparkline } from '../../src/report/sparkline.ts';

describe('sparkline()', () => {
  it('is one bar a value, from the lowest to the highest', () => {
    expect(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 60)).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([100, 200, 100], 60)).toBe('▁█▁');
  });

  it('makes no hills of noise', () => {
    expect(sparkline([100, 100.2, 99.9, 100.3], 60)).toBe('▁▁▁▁');
    expect(sparkline([0, 0, 0], 60)).toBe('▁▁▁');
  });

  it('puts values together by their median where there is no room', () => {
    expect(sparkline([1, 1, 9, 1, 8, 8, 8, 8], 2)).toBe('▁█');
    expect(
      sparkline(
        Array.from({ length: 100 }, (_, i) => i + 100),
        33,
      ),
    ).toHaveLength(33);
  });
});
