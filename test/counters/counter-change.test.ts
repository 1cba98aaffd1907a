import { describe, expect, it } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import type { CounterChange, CounterDescription } from '../../src/counters/counter.ts';
import { counterChanges, isTelling } from '../../src/counters/counter-change.ts';

function counter(rest: Partial<CounterDescription> = {}): CounterDescription {
  return {
    name: 'a',
    unit: 'count',
    kind: 'count',
    description: 'A.',
    source: '/a',
    step: null,
    wrapBits: null,
    scale: 1,
    ...rest,
  };
}

const value = (reading: Available<number> | number): Available<number> =>
  typeof reading === 'number' ? available(reading) : reading;

/** The change of one counter. */
function changed(
  rest: Partial<CounterDescription>,
  before: Available<number> | number,
  after: Available<number> | number,
): Omit<CounterChange, 'name'> | undefined {
  const [change] = counterChanges(
    [counter(rest)],
    new Map([['a', value(before)]]),
    new Map([['a', value(after)]]),
  );
  return change === undefined ? undefined : { change: change.change, flags: change.flags };
}

const grown = (by: number): object => ({ change: available(by), flags: [] });
const wrapped = (by: number): object => ({ change: available(by), flags: ['wrapped'] });
const reset = { change: unavailable('it was set back between the readings'), flags: ['reset'] };
const stuck = { change: unavailable('it stands at its largest value'), flags: ['stuck'] };
const WORDS = { wrapBits: 32, scale: 4, unit: 'B' } as const;
const TOP = 2 ** 32 - 1;

describe('counterChanges()', () => {
  it('tells how much a count grew, and a gauge as it is now', () => {
    expect(changed({}, 5, 12)).toEqual(grown(7));
    expect(changed({}, 5, 5)).toEqual(grown(0));
    expect(changed({ kind: 'gauge' }, 60, 40)).toEqual(grown(40));
    expect(changed({ kind: 'gauge', wrapBits: 8 }, 255, 255)).toEqual(grown(255));
  });

  it('passes the end of the range once, in words as in units', () => {
    expect(changed({ wrapBits: 32 }, TOP, 0)).toEqual(wrapped(1));
    expect(changed({ wrapBits: 32 }, TOP - 5, 10)).toEqual(wrapped(16));
    expect(changed(WORDS, 4 * TOP, 0)).toEqual(wrapped(4));
    expect(changed(WORDS, 4 * (TOP - 5), 40)).toEqual(wrapped(64));
    expect(changed({ wrapBits: 53 }, 2 ** 53 - 1, 0)).toEqual(wrapped(1));
  });

  it('takes a fall for a wrap from the upper half of the range only, in words as in units', () => {
    expect(changed({ wrapBits: 32 }, 2 ** 31 - 1, 0)).toEqual(reset);
    expect(changed({ wrapBits: 32 }, 2 ** 31, 0)).toEqual(wrapped(2 ** 31));
    expect(changed(WORDS, 4 * (2 ** 31 - 1), 0)).toEqual(reset);
    expect(changed(WORDS, 4 * 2 ** 31, 0)).toEqual(wrapped(4 * 2 ** 31));
  });

  it('takes a fall of a counter that cannot wrap, or that sticks, for a reset', () => {
    expect(changed({}, 5, 4)).toEqual(reset);
    expect(changed({ wrapBits: 64 }, 2 ** 53, 4)).toEqual(reset);
    expect(changed({ wrapBits: 16, sticks: true }, 65_000, 4)).toEqual(reset);
  });

  it('has no change for one that stands at its largest value, or has come there', () => {
    expect(changed({ wrapBits: 16, sticks: true }, 65_535, 65_535)).toEqual(stuck);
    expect(changed(WORDS, 4 * TOP, 4 * TOP)).toEqual(stuck);
    expect(changed({ wrapBits: 8, sticks: true }, 250, 255)).toEqual({
      change: unavailable('it reached its largest value between the readings, after 5 or more'),
      flags: ['stuck'],
    });
    expect(changed(WORDS, TOP, TOP)).toEqual(grown(0));
  });

  it('believes the reading and not the width where it is larger than that', () => {
    expect(changed(WORDS, 4 * TOP + 4, 4 * TOP + 8)).toEqual(grown(4));
    expect(changed(WORDS, 4 * TOP + 8, 4)).toEqual(reset);
  });

  it('passes a reason on, the later one first', () => {
    const [first, last] = [unavailable('first'), unavailable('last')];
    expect(changed({}, first, 5)).toEqual({ change: first, flags: [] });
    expect(changed({}, 5, last)).toEqual({ change: last, flags: [] });
    expect(changed({}, first, last)).toEqual({ change: last, flags: [] });
    expect(changed({ kind: 'gauge' }, first, 5)).toEqual(grown(5));
  });

  it('leaves out what only one reading has, and keeps the order of the descriptions', () => {
    const readings = (names: readonly string[]): ReadonlyMap<string, Available<number>> =>
      new Map(names.map((name) => [name, available(1)]));
    const counters = ['b', 'a', 'c', 'd'].map((name) => counter({ name }));
    const changes = counterChanges(counters, readings(['a', 'b', 'c']), readings(['d', 'a', 'b']));
    expect(changes.map(({ name }) => name)).toEqual(['b', 'a']);
  });
});

describe('isTelling()', () => {
  it('is so of all but a change of 0 without a flag', () => {
    const telling = (change: Available<number>, flags: CounterChange['flags'] = []): boolean =>
      isTelling({ name: 'a', change, flags });
    expect(telling(available(0))).toBe(false);
    expect(telling(available(1))).toBe(true);
    expect(telling(available(0), ['wrapped'])).toBe(true);
    expect(telling(unavailable('gone'))).toBe(true);
  });
});
