import { describe, expect, it } from 'vitest';
import {
  casesByMetric,
  changeText,
  gathered,
  probabilityText,
  ratioText,
  shareText,
  valueText,
} from '../../src/compare/comparison-words.ts';
import { comparedCase } from './sample-comparison.ts';

describe('ratioText()', () => {
  it.each([
    [1.049, 1.042, 1.056, '+4.9 % (+4.2 to +5.6)'],
    [0.95, 0.945, 0.955, '-5.0 % (-5.5 to -4.5)'],
    [1, 0.9996, 1.0004, '0.00 % (-0.04 to +0.04)'],
    [0.99999, 0.99, 1.01, '0.0 % (-1.0 to +1.0)'],
    [3, 2.6, 3.4, '+200 % (+160 to +240)'],
    [1, 0.6, 1.66, '0 % (-40 to +66)'],
    [1, 0.001, 7.8e7, '0 % (-100 to +7.8e+9)'],
    [Number.NaN, 1, 2, '– % (0 to +100)'],
  ])('writes %f (%f to %f) as %s', (value, low, high, text) => {
    expect(ratioText({ value, low, high })).toBe(text);
  });
});

it('changeText() and shareText() round as ratioText() does', () => {
  expect(changeText({ value: 1.049, low: 1.042, high: 1.056 })).toBe('+4.9 %');
  expect(shareText({ value: -0.009, low: -0.012, high: -0.006 })).toBe('-0.9 % (-1.2 to -0.6)');
});

it('valueText() names the larger half of an interval, and none of what is no time', () => {
  expect(valueText('ns', { value: 1000, low: 600, high: 1010 })).toBe('1.00 µs ±40%');
  expect(valueText('B/s', { value: 33.6e9, low: 33.5e9, high: 33.7e9 })).toBe('33.6 GB/s ±0.3%');
  expect(valueText('ns', { value: 0, low: 0, high: 10 })).toBe('0 ns');
});

it('probabilityText() never says that something cannot be', () => {
  expect([1, 0.0449, 0.001, 0.00099, 0].map(probabilityText)).toEqual([
    '1.000',
    '0.045',
    '0.001',
    '<0.001',
    '<0.001',
  ]);
});

it('casesByMetric() begins with the metric of most cases', () => {
  const [gpu, wall] = [comparedCase(), comparedCase({ id: 'b', judgedBy: 'wallTime' })];
  expect(casesByMetric([gpu, wall, wall]).map(([id, cases]) => [id, cases.length])).toEqual([
    ['wallTime', 2],
    ['gpuTime', 1],
  ]);
});

it('gathered() keeps the order in which texts appear', () => {
  expect(
    gathered([
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
    ]),
  ).toEqual([
    ['x', ['a', 'c']],
    ['y', ['b']],
  ]);
});
