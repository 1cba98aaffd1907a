import { describe, expect, it } from 'vitest';
import { reflectKernel } from '../../src/shader/reflect.ts';
import { assemble, assembleKernel, type Line, MAIN } from './assemble.ts';

const UINT: Line = [21, 10, 32, 0];
const ENTRY: Line = [15, 5, 1, 'main'];
const localSizeOf = (lines: readonly Line[]) => reflectKernel(assemble([ENTRY, ...lines, ...MAIN])).localSize;

describe('reflectLocalSize()', () => {
  it('reads the execution mode LocalSize of the chosen entry point', () => {
    const sizes = localSizeOf([
      [16, 8, 17, 5, 5, 5],
      [16, 1, 17, 8, 4, 2],
    ]).map(({ value }) => value);
    expect(sizes).toEqual([8, 4, 2]);
  });

  it('reads LocalSizeId with constants that can be specialized or not', () => {
    const lines: Line[] = [[331, 1, 38, 20, 21, 21], [71, 20, 1, 3], UINT, [50, 10, 20, 64], [43, 10, 21, 1]];
    expect(localSizeOf(lines)).toEqual([
      { value: 64, constantId: 3 },
      { value: 1, constantId: null },
      { value: 1, constantId: null },
    ]);
  });

  it('prefers the constant decorated WorkgroupSize to the execution mode', () => {
    const lines: Line[] = [[71, 30, 11, 25], UINT, [43, 10, 20, 4], [44, 10, 30, 20, 20, 20]];
    expect(localSizeOf([[16, 1, 17, 1, 1, 1], ...lines]).map(({ value }) => value)).toEqual([4, 4, 4]);
  });

  it('takes the default of the named constant of the same id, not the 1 of local_size_x_id', () => {
    const lines: Line[] = [
      [71, 20, 1, 0],
      [71, 21, 1, 0],
      [5, 20, 'WORKGROUP_SIZE'],
      [71, 30, 11, 25],
    ];
    const constants: Line[] = [UINT, [50, 10, 20, 256], [50, 10, 21, 1], [43, 10, 22, 1]];
    const [x] = localSizeOf([...lines, ...constants, [51, 10, 30, 21, 22, 22]]);
    expect(x).toEqual({ value: 256, constantId: 0 });
  });

  it.each<[string, readonly Line[]]>([
    ['has no local size of three dimensions', []],
    ['has no local size of three dimensions', [[16, 1, 17, 8, 8]]],
    ['the local size 0 is not a positive integer', [[16, 1, 17, 0, 1, 1]]],
    ['the local size is computed', [[331, 1, 38, 20, 20, 20]]],
  ])('refuses: %s', (state, lines) => {
    expect(() => localSizeOf(lines)).toThrow(/^Cannot reflect shader: /);
    expect(() => localSizeOf(lines)).toThrow(state);
  });

  it('accepts a module assembled with the size 1', () => {
    expect(reflectKernel(assembleKernel([])).localSize[0]).toEqual({ value: 1, constantId: null });
  });
});
