import { describe, expect, test } from 'vitest';
import { unavailable } from '../../src/base/availability.ts';
import { combineAccounting, judgeAccounting } from '../../src/timing/accounting-rule.ts';
import { fact } from '../../src/timing/fact.ts';

const MS = 1e6;

/** A second in which `countedMs` were stolen and a lone thread was charged `chargedMs` of them. */
const alone = (countedMs: number, chargedMs: number) =>
  judgeAccounting({
    countedNs: countedMs * MS,
    chargedNs: chargedMs * MS,
    wallNs: 1000 * MS,
    cpuNs: (1000 - chargedMs) * MS,
  });

describe('judgeAccounting()', () => {
  test('says off when hardly any of the counted steal was charged', () => {
    expect(alone(500, 0)).toEqual(
      fact(false, 'observed: 0 ns charged of 500 ms of steal in 1.00 s of computing'),
    );
    expect(alone(500, 99)).toMatchObject({ value: false });
  });

  test('says on when half or more was, which allows for steal that the kernel drops', () => {
    expect(alone(500, 250)).toMatchObject({ value: true });
    expect(alone(500, 498)).toEqual(
      fact(true, 'observed: 498 ms charged of 500 ms of steal in 1.00 s of computing'),
    );
  });

  test('leaves it open between, with the figures', () => {
    expect(alone(500, 150)).toEqual(
      unavailable('undecided: 150 ms charged of 500 ms of steal in 1.00 s of computing'),
    );
  });

  test('needs 50 ms of steal', () => {
    expect(alone(40, 40)).toEqual(
      unavailable('too little steal to judge by: 40.0 ms in 1.00 s of computing'),
    );
    expect(alone(60, 60)).toMatchObject({ value: true });
    expect(alone(0, 0).available).toBe(false);
  });

  test('expects of a thread that shares its CPU no more than its share of the steal', () => {
    // 400 ms stolen, the rest halved with another task: 200 ms fell on this one, and were charged.
    const shared = { countedNs: 400 * MS, wallNs: 1000 * MS, cpuNs: 300 * MS };
    expect(judgeAccounting({ ...shared, chargedNs: 200 * MS })).toMatchObject({ value: true });
    expect(judgeAccounting({ ...shared, chargedNs: 20 * MS })).toMatchObject({ value: false });
  });
});

describe('combineAccounting()', () => {
  const on = fact(true, 'config: on');
  const off = fact(false, 'config: off');
  const unread = unavailable('no config');

  test('believes the configuration where nothing was observed', () => {
    expect(combineAccounting(on, undefined)).toBe(on);
    expect(combineAccounting(off, unavailable('not watched'))).toBe(off);
    expect(combineAccounting(on, fact(true, 'observed: x'))).toBe(on);
  });

  test('falls back to behaviour', () => {
    expect(combineAccounting(unread, fact(true, 'observed: x'))).toEqual(fact(true, 'observed: x'));
    expect(combineAccounting(unread, unavailable('too little'))).toEqual(
      unavailable('no config; too little'),
    );
  });

  test.each([true, false])('claims nothing where they contradict, and says so (%s)', (value) => {
    expect(combineAccounting(fact(value, 'config: y'), fact(!value, 'observed: x'))).toEqual(
      fact(false, 'config: y, contradicted by what was observed: x'),
    );
  });
});
