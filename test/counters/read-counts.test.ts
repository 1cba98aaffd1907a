import { expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { countsSource, growingCounter, wholeNumber } from '../../src/counters/read-counts.ts';
import { plain } from './machines.ts';

const words = growingCounter({ name: 'a:words', description: 'Words.', source: 'x', unit: 'B', scale: 4 });
const other = growingCounter({ name: 'a:other', description: 'Others.', source: 'y' });

test('growingCounter() converts in steps, and has none where nothing is converted', () => {
  expect(words).toMatchObject({ unit: 'B', kind: 'count', step: 4, scale: 4, wrapBits: null });
  expect(other).toMatchObject({ unit: 'count', step: null, scale: 1 });
});

test('countsSource() converts, and has a reason for each counter that a look did not tell', () => {
  const looks = [
    () =>
      available(
        new Map([
          ['a:words', 3],
          ['a:unknown', 1],
        ]),
      ),
    () => unavailable('closed'),
    () => {
      throw new Error('broken');
    },
  ];
  const source = countsSource({
    counters: [words, other],
    look: () => (looks.shift() as () => ReturnType<(typeof looks)[0]>)(),
    missing: (name) => `${name} is not there`,
  });
  expect(plain(source.read())).toEqual({ 'a:words': 12, 'a:other': 'a:other is not there' });
  expect(plain(source.read())).toEqual({ 'a:words': 'closed', 'a:other': 'closed' });
  expect(plain(source.read())['a:words']).toBe('reading it failed: broken');
});

test.each([
  ['18446744073709551615', 2 ** 64],
  ['0', 0],
  ['-1', undefined],
  ['1e3', undefined],
  ['', undefined],
  ['9'.repeat(21), undefined],
  [undefined, undefined],
])('wholeNumber() of %s', (text, number) => {
  expect(wholeNumber(text)).toBe(number);
});
