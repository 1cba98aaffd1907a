import { describe, expect, it } from 'vitest';
import {
  collectFailReasons,
  collectSelectors,
  share,
  shareAboveZero,
  sideLabels,
} from '../../src/commands/compare-values.ts';

describe('share()', () => {
  it('quotes few of many digits', () => {
    expect(() => share(0.5)(`0.${'9'.repeat(20_000)}`)).toThrow(
      /^It is not less than 50 %; write 0\.9{75}\.\.\.% for/,
    );
  });

  it.each([
    ['1%', 0.01],
    ['1 %', 0.01],
    ['2.5%', 0.025],
    ['0.01', 0.01],
    ['.02', 0.02],
    ['0', 0],
  ])('reads %s', (text, value) => {
    expect(share(0.5)(text)).toBeCloseTo(value, 12);
  });

  it.each([
    ['', 'not of the form 1% or 0.01'],
    ['one', 'not of the form 1% or 0.01'],
    ['-1%', 'not of the form 1% or 0.01'],
    ['1e-2', 'not of the form 1% or 0.01'],
    ['Infinity', 'not of the form 1% or 0.01'],
    ['1', 'not less than 50 %; write 1% for percent'],
    ['60%', 'not less than 50 %'],
    ['60', 'not less than 50 %'],
  ])('refuses %j', (text, message) => {
    expect(() => share(0.5)(text)).toThrow(new RegExp(`${message}$`));
  });

  it('shareAboveZero() refuses 0', () => {
    expect(() => shareAboveZero(0.5)('0%')).toThrow('It is not more than 0');
    expect(shareAboveZero(0.5)('5%')).toBe(0.05);
  });
});

it('collectFailReasons() takes lists and repetitions, each word once', () => {
  expect(collectFailReasons('slower, flags', collectFailReasons('slower,unclear'))).toEqual([
    'slower',
    'unclear',
    'flags',
  ]);
  expect(() => collectFailReasons('slower,faster')).toThrow('Allowed are slower, unclear, flags');
  expect(() => collectFailReasons('')).toThrow('Allowed are');
});

it('sideLabels() takes two names', () => {
  expect(sideLabels('bare metal, KVM guest')).toEqual(['bare metal', 'KVM guest']);
  for (const text of ['one', 'a,b,c', ',b', 'a,', '']) expect(() => sideLabels(text)).toThrow('two names');
});

it('collectSelectors() adds one, or says what is wrong with it', () => {
  expect(collectSelectors('copy[n=1Ki]', collectSelectors('hist*')).map(({ text }) => text)).toEqual([
    'hist*',
    'copy[n=1Ki]',
  ]);
  expect(() => collectSelectors('[')).toThrow('It is not of the form copy');
  expect(() => collectSelectors('copy[n=x]')).toThrow(/^"x" is no number$/);
  expect(() => collectSelectors('copy[n]')).toThrow(/^"n" is not of the form axis=value$/);
});
