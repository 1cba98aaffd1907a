import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { parseAxisValues } from '../../src/definition/axis-values.ts';
import { messageOf } from './interfaces.ts';

const MI = 2 ** 20;

describe('parseAxisValues()', () => {
  it.each([
    ['1Mi, 16Mi', [MI, 16 * MI]],
    ['2.0', [2]],
    ['1/4', [0.25]],
    ['1Mi..64Mi*4', [MI, 4 * MI, 16 * MI, 64 * MI]],
    ['1Mi .. 60Mi * 4', [MI, 4 * MI, 16 * MI]],
    ['1..8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['0..100+25', [0, 25, 50, 75, 100]],
    ['0.1..1+0.3', [0.1, 0.4, 0.7, 1]],
    ['0..1+0.1', [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
    ['0.1..100*10', [0.1, 1, 10, 100]],
    ['-2..2+2', [-2, 0, 2]],
    ['5..5', [5]],
    ['1e2..3e2+1e2', [100, 200, 300]],
    ['1..3,2,64', [1, 2, 3, 64]],
    ['0, -0', [0]],
  ])('takes %s to be %j', (text, expected) => {
    expect(parseAxisValues(text)).toEqual(expected);
  });

  it.each([
    ['', 'a value is empty'],
    ['1,,2', 'a value is empty'],
    ['1,', 'a value is empty'],
    ['..', 'it is not of the form'],
    ['1..', 'it is not of the form'],
    ['1...5', 'it is not of the form'],
    ['1..5..9', 'it is not of the form'],
    ['1..8-1', 'it is not of the form'],
    ['n..8', 'it is not of the form'],
    ['8..1', 'its end is below its start'],
    ['1..8*1', 'its factor is not more than 1'],
    ['1..8*-2', 'its factor is not more than 1'],
    ['0..8*2', 'it multiplies from a start that is not above 0'],
    ['1..8+0', 'its step is not more than 0'],
    ['1..8+-1', 'its step is not more than 0'],
    ['1..1Gi', 'it has more than 1000 values'],
    ['1..1e300', 'it has more than 1000 values'],
    ['1..1e300*1.0000001', 'it has more than 1000 values'],
    ['1..1e400', 'a number is larger than any'],
    ['1..2+1e400', 'a number is larger than any'],
    ['1..600,1001..1600', 'it has more than 1000 values'],
    [`${'1'.repeat(50_000)}..x`, 'it is longer than 200 characters'],
  ])('refuses %.30s at once: %s', (text, state) => {
    const begin = performance.now();
    const message = messageOf(() => parseAxisValues(text));
    expect(performance.now() - begin).toBeLessThan(500);
    expect(message).toContain(`Cannot read axis values "`);
    expect(message).toContain(state);
    expect(message).toContain('1Mi..64Mi*4');
  });

  it('gives finite values, each once, or a GuestmarkError for any text', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789.e+-*/,KiM n') });
    fc.assert(
      fc.property(signs, (text) => {
        try {
          const values = parseAxisValues(text);
          expect(values.length).toBeGreaterThan(0);
          expect(values.every(Number.isFinite)).toBe(true);
          expect(new Set(values).size).toBe(values.length);
        } catch (error) {
          expect(error).toBeInstanceOf(GuestmarkError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
