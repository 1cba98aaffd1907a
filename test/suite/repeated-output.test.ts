import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { describeChange, outputSha256 } from '../../src/suite/repeated-output.ts';

describe('describeChange()', () => {
  it('finds none where all bits are equal, NaN included', () => {
    expect(describeChange('y', Float32Array.of(1, Number.NaN), Float32Array.of(1, Number.NaN))).toBe(null);
  });

  it('names the first element and counts all', () => {
    const before = Int16Array.from({ length: 64 }, (_, i) => i);
    const now = before.map((value) => (value % 17 === 0 && value > 0 ? -1 : value));
    expect(describeChange('y', before, now)).toBe(
      'y[17] is -1 and was 17 when the same work ran before (3 of 64 values differ)',
    );
  });

  it('tells values apart that compare as equal', () => {
    expect(describeChange('y', Float64Array.of(0), Float64Array.of(-0))).toContain('(1 of 1 values differ)');
  });
});

describe('outputSha256()', () => {
  it('is the hash of the bytes, one output after the other', () => {
    const expected = createHash('sha256')
      .update(Uint8Array.of(1, 2, 3, 0, 0, 0))
      .digest('hex');
    expect(outputSha256([Uint8Array.of(1, 2), Uint32Array.of(3)])).toBe(expected);
  });
});
