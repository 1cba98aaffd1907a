import { describe, expect, it } from 'vitest';
import { rateLimiter } from '../../src/external/rate-limit.ts';

const SECOND = 1e9;

/** How many of `count` requests at one instant are answered. */
function answered(
  limit: ReturnType<typeof rateLimiter>,
  source: string,
  count: number,
  nowNs: number,
): number {
  return Array.from({ length: count }, () => limit(source, nowNs)).filter((verdict) => verdict === 'ok')
    .length;
}

describe('rateLimiter()', () => {
  it('answers half a second of the rate at once, and then the rate', () => {
    const limit = rateLimiter({ perSource: 100, global: 1e6, sources: 10 });
    expect(answered(limit, 'a', 500, 0)).toBe(50);
    expect(limit('a', 0)).toBe('source-rate');
    expect(answered(limit, 'a', 500, 0.1 * SECOND)).toBe(10);
    expect(answered(limit, 'a', 500, 100 * SECOND)).toBe(50);
  });

  it('keeps sources apart, and limits all of them together', () => {
    const limit = rateLimiter({ perSource: 100, global: 240, sources: 10 });
    expect(answered(limit, 'a', 500, 0)).toBe(50);
    expect(answered(limit, 'b', 500, 0)).toBe(50);
    expect(answered(limit, 'c', 500, 0)).toBe(20);
    expect(limit('d', 0)).toBe('global-rate');
  });

  it('takes no token of all from those who have used up their own', () => {
    const limit = rateLimiter({ perSource: 2, global: 10, sources: 10 });
    answered(limit, 'a', 1000, 0);
    expect(answered(limit, 'b', 1, 0)).toBe(1);
  });

  it('remembers only so many sources, and forgets the one that was silent for longest', () => {
    const limit = rateLimiter({ perSource: 2, global: 1e6, sources: 3 });
    for (const source of ['a', 'b', 'c', 'a']) limit(source, 0);
    expect(limit('a', 0)).toBe('source-rate');
    for (let i = 0; i < 3; i++) limit(`new ${i}`, 0);
    expect(limit('a', 0)).toBe('ok');
  });

  it('answers at least one at a rate below one a second', () => {
    const limit = rateLimiter({ perSource: 0.5, global: 10, sources: 3 });
    expect(answered(limit, 'a', 10, 0)).toBe(1);
    expect(answered(limit, 'a', 10, 2 * SECOND)).toBe(1);
  });
});
