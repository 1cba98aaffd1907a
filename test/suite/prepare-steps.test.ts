import { describe, expect, it } from 'vitest';
import { isRepeatableInPlace, writtenNames } from '../../src/suite/prepare-steps.ts';

describe('writtenNames()', () => {
  it('knows what steps write by the shader and by the names it is given', () => {
    const groups = [1, 1, 1] as const;
    expect(
      writtenNames([
        { op: 'dispatch', shader: 'copy-w4', buffers: { x: 'from', y: 'to' }, groups },
        { op: 'fill', buffer: 'zeros', value: 0 },
        { op: 'copy', from: 'to', to: 'result' },
        { op: 'copy', from: 'to', to: 'zeros' },
        { op: 'dispatch', shader: 'increment', groups },
      ]),
    ).toEqual(['to', 'zeros', 'result', 'counter']);
  });
});

describe('isRepeatableInPlace()', () => {
  const groups = [1, 1, 1] as const;
  const copy = (to: string, from = 'from') =>
    ({ op: 'dispatch', shader: 'copy-w4', buffers: { x: from, y: to }, groups }) as const;

  it.each([
    [[copy('to')], true],
    [[copy('a'), copy('b')], true],
    [[copy('to', 'to')], false],
    [[copy('between'), copy('to', 'between')], false],
    [[{ op: 'dispatch', shader: 'increment', groups }], false],
    [[{ op: 'copy', from: 'a', to: 'b' }], true],
    [[copy('a'), { op: 'copy', from: 'a', to: 'b' }], false],
    [[{ op: 'fill', buffer: 'a', value: 0 }], true],
    [
      [
        { op: 'fill', buffer: 'a', value: 0 },
        { ...copy('to'), groups: { buffer: 'a', offset: 0 } },
      ],
      false,
    ],
  ] as const)('judges %j: %s', (work, repeatable) => {
    expect(isRepeatableInPlace(work)).toBe(repeatable);
  });
});
