import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import {
  bindingAt,
  bytesAt,
  constantsAt,
  type Expandable,
  fillBinding,
  flopsAt,
  groupsAt,
  invocationsAt,
  pushAt,
} from '../../src/definition/expand-definition.ts';
import { functionsInForce } from '../../src/definition/functions-in-force.ts';
import type { ModuleFunctions } from '../../src/definition/module-functions.ts';
import type { BindingInterface, KernelInterface } from '../../src/shader/kernel-interface.ts';
import {
  array,
  binding,
  block,
  constant,
  defined,
  kernelOf,
  messageOf,
  places,
  push,
  said,
} from './interfaces.ts';

const MODULE = { url: 'file:///x.mjs', index: 0 };
const axes = { n: 100 };

function expandable(
  parts: Partial<KernelInterface>,
  statements: Parameters<typeof defined>[1] = [],
  functions: ModuleFunctions = {},
): Expandable {
  const kernel = kernelOf(parts);
  const module = Object.keys(functions).length === 0 ? null : MODULE;
  const definition = defined(kernel, statements, module);
  return { kernel, functions: functionsInForce(definition, functions), definition };
}

/** What a module says as a statement where a function takes the place of values. */
const byFunction = (statement: object) => [
  { statement, from: { kind: 'module', place: null } } as unknown as ReturnType<typeof said>[number],
];

function floats(one: Expandable, of: BindingInterface): readonly number[] {
  const into = new Float32Array(bindingAt(one, of, axes).bytes / 4);
  fillBinding(one, of, into, { axes, random: seededRandom(1) });
  return [...into];
}

describe('bytesAt()', () => {
  it('counts what bindings hold, once for each direction of their use', () => {
    const bindings = [
      array('a', 'float', { use: 'read' }),
      array('b', 'double', { use: 'write' }),
      array('c', 'uint8', { use: 'read-write', headerBytes: 4 }),
      array('d', 'float', { use: 'none' }),
      block('u', 'n:uint', { kind: 'uniform', use: 'read' }),
    ];
    expect(bytesAt(expandable({ bindings }), axes)).toBe(400 + 800 + 2 * 104);
  });

  it('takes what is said instead, the strongest word', () => {
    const bytes = () => 7;
    expect(bytesAt(expandable({}, ['bytes 3 * n']), axes)).toBe(300);
    expect(bytesAt(expandable({}, ['bytes 3 * n'], { bytes }), axes)).toBe(7);
    expect(bytesAt(expandable({}, [said('suite file', 'bytes 5')], { bytes }), axes)).toBe(5);
  });
});

describe('functions of a module', () => {
  it('take the place of pragmas, and not of suite files and the command line', () => {
    const functions: ModuleFunctions = {
      flops: () => 1,
      items: () => 640,
      elements: { y: () => 10 },
      fill: { y: (into) => void into.fill(5) },
      set: { a: () => 8 },
    };
    const [y, pushConstants] = [binding('y'), [push('a', 'float')]];
    const placeholders = [
      byFunction({ key: 'elements', name: 'y', values: [] }),
      byFunction({ key: 'set', name: 'a', values: [] }),
      byFunction({ key: 'items', values: [] }),
    ];
    const weak = expandable(
      { pushConstants },
      ['flops 2', 'elements y = 3', 'fill y = 4', 'set a = 1', 'items 64', ...placeholders],
      functions,
    );
    expect([flopsAt(weak, axes), groupsAt(weak, axes), invocationsAt(weak, axes)]).toEqual([
      1,
      [10, 1, 1],
      640,
    ]);
    expect([floats(weak, y), pushAt(weak, axes)]).toEqual([Array(10).fill(5), { a: [8] }]);
    const words = ['flops 2', 'elements y = 3', 'fill y = 4', 'set a = 1', 'items 64'];
    for (const kind of ['suite file', 'command line'] as const) {
      const strong = expandable({ pushConstants }, [...placeholders, said(kind, ...words)], functions);
      expect([flopsAt(strong, axes), groupsAt(strong, axes), invocationsAt(strong, axes)]).toEqual([
        2,
        [1, 1, 1],
        64,
      ]);
      expect([floats(strong, y), pushAt(strong, axes)]).toEqual([[4, 4, 4], { a: [1] }]);
    }
  });

  it('are none where a binding has the name of what every object inherits', () => {
    const one = expandable({ bindings: [binding('constructor')] }, [], { fill: {}, elements: {} });
    expect(bindingAt(one, binding('constructor'), axes).elements).toBe(100);
    expect(floats(one, binding('constructor'))).toHaveLength(100);
  });

  it('are told where they give no size', () => {
    const one = expandable({}, [], { groups: () => Number.NaN });
    expect(messageOf(() => groupsAt(one, axes))).toContain('NaN');
    const half = expandable({}, [], { elements: { y: () => 0.5 } });
    expect(messageOf(() => bindingAt(half, binding('y'), axes))).toContain('0.5 is no number of elements');
  });
});

describe('pushAt()', () => {
  it('gives every member a value for each of its scalars, by its last word', () => {
    const pushConstants = [push('n'), push('color', 'float', 'xyz')];
    const one = expandable({ pushConstants }, ['set color = 1, 2, 3', 'set color.y = n / 8']);
    expect(pushAt(one, axes)).toEqual({ n: [100], color: [1, 12.5, 3] });
  });

  it('refuses a function that gives another number of values', () => {
    const pushConstants = [push('color', 'float', 'xyz')];
    const placeholder = byFunction({ key: 'set', name: 'color', values: [] });
    const one = (...values: number[]) =>
      expandable({ pushConstants }, [placeholder], { set: { color: () => values } });
    expect(pushAt(one(7), axes)).toEqual({ color: [7, 7, 7] });
    expect(messageOf(() => pushAt(one(7, 8), axes))).toContain('it has 3 scalars and gets 2 values');
    expect(messageOf(() => pushAt(one(), axes))).toContain('it has 3 scalars and gets 0 values');
  });
});

describe('constantsAt()', () => {
  it('gives those that are axes', () => {
    const constants = [
      constant(0, 'TILE', 16),
      constant(1, null),
      constant(2, 'BIG', 2n ** 60n + 1n, 'int64'),
      constant(3, null),
    ];
    const one = expandable({ constants }, ['axis constant1 = 5']);
    expect(constantsAt(one, { n: 1, TILE: 16, constant1: 5 })).toEqual({ TILE: 16, constant1: 5 });
  });
});

describe('fillBinding()', () => {
  it('gives members their values over what fills the rest', () => {
    const y = binding('y', { headerBytes: 8, headerScalars: places('n:float, hits:float') });
    expect(floats(expandable({ bindings: [y] }, ['elements y = 2', 'fill y = 0.5']), y)).toEqual([
      100, 0, 0.5, 0.5,
    ]);
    const u = block('u', 'n:float, s:float', { kind: 'uniform', use: 'read' });
    const [n, s] = floats(expandable({ bindings: [u, binding('y')] }), u);
    expect(n).toBe(100);
    expect(Math.abs(s ?? 9)).toBeLessThanOrEqual(1);
  });

  it('refuses a value that a member cannot hold', () => {
    const u = block('u', 'count:uint', { kind: 'uniform', use: 'read' });
    const one = expandable({ bindings: [u, binding('y')] }, ['axis count = -1']);
    const into = new Float32Array(1);
    expect(
      messageOf(() => fillBinding(one, u, into, { axes: { ...axes, count: -1 }, random: Math.random })),
    ).toBe('Cannot put -1 into "count": it is of type uint; give a value that the type can hold');
  });
});
