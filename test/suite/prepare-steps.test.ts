import { describe, expect, it } from 'vitest';
import { writtenNames } from '../../src/suite/prepare-steps.ts';

describe('writtenNames()', () => {
  it('knows what steps write by the shader and by the names it is given', () => {
    const groups = [1, 1, 1] as const;
    expect(
      writtenNames([
        { op: 'dispatch', shader: 'copy', buffers: { x: 'from', y: 'to' }, groups },
        { op: 'fill', buffer: 'zeros', value: 0 },
        { op: 'copy', from: 'to', to: 'result' },
        { op: 'copy', from: 'to', to: 'zeros' },
        { op: 'dispatch', shader: 'increment', groups },
      ]),
    ).toEqual(['to', 'zeros', 'result', 'counter']);
  });
});
