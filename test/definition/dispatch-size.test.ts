import { describe, expect, it } from 'vitest';
import { itemsAt, localSizeAt, workgroupsAt } from '../../src/definition/dispatch-size.ts';
import { parseExpression } from '../../src/definition/expression.ts';
import { constantName } from '../../src/shader/constant-name.ts';
import type { KernelInterface, LocalSizeInterface } from '../../src/shader/kernel-interface.ts';
import { constant, kernelOf, messageOf } from './interfaces.ts';

const local = (x: number, y = 1, z = 1): KernelInterface['localSize'] =>
  [x, y, z].map(
    (value): LocalSizeInterface => ({ value, constantId: null }),
  ) as unknown as KernelInterface['localSize'];
const size = (of: 'items' | 'groups', ...along: readonly string[]) => ({
  of,
  along: along.map(parseExpression),
});

describe('workgroupsAt()', () => {
  it.each([
    [size('items', 'n'), local(64), [16, 1, 1]],
    [size('items', 'n + 1'), local(64), [17, 1, 1]],
    [size('items', 'n'), local(8, 8), [16, 1, 1]],
    [size('items', '1'), local(64), [1, 1, 1]],
    [size('items', '100', '50'), local(16, 16), [7, 4, 1]],
    [size('items', '10', '10', '10'), local(4, 4, 4), [3, 3, 3]],
    [size('groups', 'n'), local(64), [1024, 1, 1]],
    [size('groups', '2', '3', '4'), local(64), [2, 3, 4]],
    [size('items'), local(64), [1, 1, 1]],
  ])('takes %j in %j to be %j', (wanted, localSize, expected) => {
    expect(workgroupsAt(wanted, kernelOf({ localSize }), { n: 1024 })).toEqual(expected);
  });

  it.each(['0', '-1', 'n / 3', '0.5'])('refuses %s', (text) => {
    expect(messageOf(() => workgroupsAt(size('groups', text), kernelOf(), { n: 1024 }))).toMatch(
      /^Cannot dispatch: groups = .* and no whole number of 1 or more; choose other axis values$/,
    );
  });
});

describe('localSizeAt()', () => {
  const kernel = kernelOf({
    localSize: [
      { value: 128, constantId: 3 },
      { value: 2, constantId: 4 },
      { value: 1, constantId: null },
    ],
    constants: [constant(3, 'toString', 128), constant(4, null, 2)],
  });

  it('takes what axes say of constants, with a name or without, else their defaults', () => {
    expect(localSizeAt(kernel, { toString: 32, constant4: 4 })).toEqual([32, 4, 1]);
    expect(localSizeAt(kernel, {})).toEqual([128, 2, 1]);
    expect(kernel.constants.map(constantName)).toEqual(['toString', 'constant4']);
  });

  it.each([0, -1, 2.5])('refuses a local size of %d', (value) => {
    expect(messageOf(() => localSizeAt(kernel, { constant4: value }))).toContain(
      `Cannot dispatch: local size = constant4 is ${value} and no whole number`,
    );
  });
});

describe('itemsAt()', () => {
  it('counts the invocations asked for, or all of the workgroups', () => {
    const kernel = kernelOf({ localSize: local(8, 4) });
    expect(itemsAt(size('items', 'n', '3'), kernel, { n: 10 })).toBe(30);
    expect(itemsAt(size('groups', 'n', '3'), kernel, { n: 10 })).toBe(960);
  });
});
