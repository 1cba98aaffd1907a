import { describe, expect, it, vi } from 'vitest';
import { available, mapAvailable, unavailable, valueOrUndefined } from '../../src/base/availability.ts';

describe('available()', () => {
  it('wraps any value, 0 and undefined too', () => {
    expect(available(0)).toEqual({ available: true, value: 0 });
    expect(available(undefined)).toEqual({ available: true, value: undefined });
  });
});

describe('unavailable()', () => {
  it('carries the reason and no value', () => {
    expect(unavailable('no such file')).toEqual({ available: false, reason: 'no such file' });
  });
});

describe('valueOrUndefined()', () => {
  it('is the value, or undefined where it is missing', () => {
    expect(valueOrUndefined(available(0))).toBe(0);
    expect(valueOrUndefined(unavailable('no'))).toBeUndefined();
  });
});

describe('mapAvailable()', () => {
  it('applies the function to a value', () => {
    expect(mapAvailable(available(2), (value) => value * 3)).toEqual(available(6));
  });

  it('passes a reason through and does not call the function', () => {
    const map = vi.fn();
    const missing = unavailable('no');
    expect(mapAvailable(missing, map)).toBe(missing);
    expect(map).not.toHaveBeenCalled();
  });
});
