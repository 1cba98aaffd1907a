import { expect, it } from 'vitest';
import { firstTouchedByte, GUARD_WORD, roundedGuardBytes, writePattern } from '../../src/vulkan/guard.ts';

it('writePattern() writes what the device writes with GUARD_WORD', () => {
  const guard = new Uint8Array(12);
  writePattern(guard);
  expect([...new Uint32Array(guard.buffer)]).toEqual([GUARD_WORD, GUARD_WORD, GUARD_WORD]);
});

it('firstTouchedByte() finds the first byte that differs', () => {
  const guard = new Uint8Array(12);
  writePattern(guard);
  expect(firstTouchedByte(guard)).toBe(null);
  guard[7] = 0;
  guard[9] = 0;
  expect(firstTouchedByte(guard)).toBe(7);
});

it.each([
  [undefined, 0],
  [0, 0],
  [1, 4],
  [8, 8],
])('roundedGuardBytes(%s) is %d', (wanted, bytes) => {
  expect(roundedGuardBytes(wanted)).toBe(bytes);
});
