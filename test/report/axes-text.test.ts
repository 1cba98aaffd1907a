import { describe, expect, it } from 'vitest';
import { axesText } from '../../src/report/axes-text.ts';

describe('axesText()', () => {
  it('writes axes as they are typed', () => {
    expect(axesText({ n: [2 ** 20, 1000], TILE: [16] })).toBe('n=1Mi,1000 TILE=16');
    expect(axesText({})).toBe('no axes');
  });
});
