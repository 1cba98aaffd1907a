import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedSeed, seededRandom, shuffled } from '../../src/base/random.ts';

describe('seededRandom()', () => {
  it('gives the same numbers on every machine', () => {
    const random = seededRandom(1);
    // Computed with an independent implementation of mulberry32 in Python.
    expect([random(), random(), random()].map((value) => Math.round(value * 2 ** 32))).toEqual([
      2693262067, 11749833, 2265367787,
    ]);
  });

  it('counts the low 32 bits of the seed only', () => {
    expect(seededRandom(2 ** 32 + 5)()).toBe(seededRandom(5)());
    expect(seededRandom(-1)()).toBe(seededRandom(2 ** 32 - 1)());
  });

  it('draws evenly from [0, 1)', () => {
    const random = seededRandom(2);
    const counts = Array(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const value = random();
      // A value outside would be counted outside the ten.
      counts[Math.floor(value * 10)]++;
    }
    expect(counts).toHaveLength(10);
    // Nine degrees of freedom: 27.9 is exceeded once in a thousand seeds.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });
});

describe('derivedSeed()', () => {
  it('differs by name and by seed, and does not change', () => {
    expect(derivedSeed(1, 'a')).toBe(derivedSeed(1, 'a'));
    const names = ['a', 'b', 'ab', 'ba', ''];
    expect(new Set(names.map((name) => derivedSeed(1, name))).size).toBe(names.length);
    expect(new Set([0, 1, 2, 3].map((seed) => derivedSeed(seed, 'a'))).size).toBe(4);
    expect(derivedSeed(1, 'b')).not.toBe(derivedSeed(2, 'a'));
  });

  it('is the hash FNV-1a for seed 0', () => {
    // Test vectors of the FNV reference code.
    expect(derivedSeed(0, '')).toBe(0x811c9dc5);
    expect(derivedSeed(0, 'a')).toBe(0xe40c292c);
    expect(derivedSeed(0, 'foobar')).toBe(0xbf9cf968);
  });
});

describe('shuffled()', () => {
  it('keeps every item and leaves its input alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        expect(shuffled(items, seededRandom(seed)).sort()).toEqual([...items].sort());
        expect(items).toEqual(before);
      }),
    );
  });

  it('gives every order equally often', () => {
    const random = seededRandom(3);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled(['a', 'b', 'c'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Five standard deviations of a binomial count are 144.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(144);
  });
});
