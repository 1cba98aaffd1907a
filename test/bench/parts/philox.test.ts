// Philox in JavaScript against the answers that its authors publish.
import { describe, expect, it } from 'vitest';
import { KNOWN_ANSWERS, philox4x32 } from '../../../bench/parts/philox.ts';

describe('philox4x32()', () => {
  it.each(KNOWN_ANSWERS)('of %j gives the known answer', (input, answer) => {
    const words = new Uint32Array(6);
    philox4x32(input, words, 1);
    expect([...words]).toEqual([0, ...answer, 0]);
  });
});
