import { expect, test } from 'vitest';
import { cStrings } from '../../src/program/c-strings.ts';

test('cStrings() lays out pointers, a null pointer, and the strings behind them', () => {
  const { memory, address, firstAddress } = cStrings({ addressOf: () => 1000 }, ['ab', 'ü', '']);
  expect([...new BigUint64Array(memory, 0, 4)]).toEqual([1032n, 1035n, 1038n, 0n]);
  expect(Buffer.from(memory).subarray(32).toString('utf8')).toBe('ab\0ü\0\0');
  expect({ address, firstAddress }).toEqual({ address: 1000, firstAddress: 1032 });
});
