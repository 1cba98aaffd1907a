import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/random.ts';
import type { BindingLayout } from '../../src/definition/binding-layout.ts';
import {
  bytesOfFile,
  fillContents,
  rootOf,
  scalarsOf,
  valuesOfScalars,
  writeMembers,
} from '../../src/definition/contents.ts';
import type { Fill } from '../../src/definition/definition.ts';
import { parseExpression } from '../../src/definition/expression.ts';
import type { ScalarTypeName } from '../../src/shader/kernel-interface.ts';
import { messageOf, places, scalarBytes } from './interfaces.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function layoutOf(type: ScalarTypeName, elements: number, parts: Partial<BindingLayout> = {}): BindingLayout {
  const size = { headerBytes: 0, elementBytes: scalarBytes(type), ...parts };
  return {
    name: 'x',
    bytes: size.headerBytes + elements * size.elementBytes,
    headerScalars: [],
    elements,
    elementScalars: places(`:${type}`),
    extent: null,
    ...size,
    ...parts,
  };
}

function filled(fill: Fill, layout: BindingLayout, axes = {}, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(layout.bytes);
  fillContents(bytes, layout, fill, { axes, random: seededRandom(seed) });
  return bytes;
}

const number = (text: string): Fill => ({ kind: 'number', value: parseExpression(text) });
const random: Fill = { kind: 'random', seed: null };

describe('fillContents()', () => {
  it.each([
    ['zero', { kind: 'zero' }, [0, 0, 0, 0, 0]],
    ['the index', { kind: 'index' }, [0, 1, 2, 3, 4]],
    ['a number', number('n / 2'), [1.5, 1.5, 1.5, 1.5, 1.5]],
    ['an expression of the index', number('n - i / 2'), [3, 2.5, 2, 1.5, 1]],
  ] as const)('fills with %s', (_, fill, expected) => {
    expect([...new Float32Array(filled(fill, layoutOf('float', 5), { n: 3 }).buffer)]).toEqual(expected);
  });

  it('takes i to be an axis where there is one of that name', () => {
    const bytes = filled(number('i'), layoutOf('uint', 3), { i: 9 });
    expect([...new Uint32Array(bytes.buffer)]).toEqual([9, 9, 9]);
  });

  it('draws floats from [-1, 1), the same from the same seed and others from another', () => {
    const floats = new Float32Array(filled(random, layoutOf('float', 1000)).buffer);
    expect(floats.every((value) => value >= -1 && value < 1)).toBe(true);
    expect(Math.max(...floats) - Math.min(...floats)).toBeGreaterThan(1.9);
    expect(filled(random, layoutOf('float', 1000))).toEqual(filled(random, layoutOf('float', 1000)));
    expect(filled(random, layoutOf('float', 1000), {}, 2)).not.toEqual(
      filled(random, layoutOf('float', 1000)),
    );
  });

  it.each([
    ['uint', Uint32Array, 1000, 999],
    ['int', Int32Array, 7, 6],
    ['int8', Int8Array, 1000, 127],
    ['uint8', Uint8Array, 1000, 255],
    ['uint16', Uint16Array, 100, 99],
    ['bool', Uint32Array, 100, 1],
    ['uint', Uint32Array, 1, 0],
  ] as const)(
    'draws %s from 0 to less than the number of elements and what the type holds',
    (type, Elements, n, most) => {
      const values = [...new Elements(filled(random, layoutOf(type, n)).buffer)];
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(most);
      expect(Math.max(...values)).toBeGreaterThanOrEqual(Math.floor(most * 0.8));
    },
  );

  it('leaves the gaps of std140 arrays zero', () => {
    const layout = layoutOf('float', 4, { elementBytes: 16, bytes: 64 });
    const floats = new Float32Array(filled(number('2.5'), layout).buffer);
    expect([...floats]).toEqual([2.5, 0, 0, 0, 2.5, 0, 0, 0, 2.5, 0, 0, 0, 2.5, 0, 0, 0]);
  });

  it('fills what precedes an array, once', () => {
    const layout = layoutOf('uint', 5, { headerBytes: 8, headerScalars: places('a:uint'), bytes: 28 });
    expect([...new Uint32Array(filled(number('7'), layout).buffer)]).toEqual([7, 0, 7, 7, 7, 7, 7]);
  });

  it.each([random, number('0.25'), { kind: 'index' } as const])(
    'fills 4Mi floats in less than a second: %j',
    (fill) => {
      const layout = layoutOf('float', 4 * 2 ** 20);
      const begin = performance.now();
      const floats = new Float32Array(filled(fill, layout).buffer);
      expect(performance.now() - begin).toBeLessThan(1000);
      expect(floats.findLastIndex((value) => value !== 0)).toBe(floats.length - 1);
      if (fill === random) {
        expect(floats[1_048_573]).toBe(floats[0]);
        expect(floats[3 * 1_048_573 + 17]).toBe(floats[17]);
        expect(floats[2 ** 20]).not.toBe(floats[0]);
      }
    },
  );

  it.each([
    ['uint', '-1'],
    ['uint8', '300'],
    ['int', '0.5'],
    ['float16', '1e6'],
    ['address', '1'],
  ] as const)('refuses to put into %s what it cannot hold: %s', (type, text) => {
    expect(messageOf(() => filled(number(text), layoutOf(type, 2)))).toBe(
      `Cannot put ${Number(text)} into "x": it is of type ${type}; give a value that the type can hold`,
    );
  });

  it('lets what follows from an index wrap around', () => {
    expect([...filled({ kind: 'index' }, layoutOf('uint8', 258))].slice(254)).toEqual([254, 255, 0, 1]);
    expect([...filled(number('-i'), layoutOf('uint8', 2))]).toEqual([0, 255]);
  });

  it('takes the bytes of a file', () => {
    const path = join(folder, 'x.bin');
    writeFileSync(path, Uint8Array.of(1, 2, 3, 4));
    expect([...filled({ kind: 'file', path }, layoutOf('uint', 1))]).toEqual([1, 2, 3, 4]);
    expect(messageOf(() => filled({ kind: 'file', path }, layoutOf('uint', 2)))).toBe(
      `Cannot use ${path} for binding "x": it has 4 bytes, the binding 8; choose the size axis so that they agree`,
    );
  });
});

describe('bytesOfFile()', () => {
  it('begins nothing that never ends', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero', folder])
      expect(messageOf(() => bytesOfFile(path, 'x', 4))).toBe(
        `Cannot read ${path} for binding "x": it is no regular file`,
      );
    expect(messageOf(() => bytesOfFile(join(folder, 'none'), 'x', 4))).toContain('it cannot be opened');
  });
});

describe('writeMembers()', () => {
  const scalars = places('scale:float, color.x:float, color.y:float, colors:uint');

  it('gives one value to all of a member or one to each of its scalars, the last word counts', () => {
    const bytes = new Uint8Array(16).fill(255);
    writeMembers(bytes, scalars, [
      { path: 'color', values: [2] },
      { path: 'color.y', values: [3] },
      { path: 'scale', values: [0.5] },
      { path: 'elsewhere', values: [1, 2] },
    ]);
    const view = new DataView(bytes.buffer);
    expect([0, 4, 8].map((at) => view.getFloat32(at, true))).toEqual([0.5, 2, 3]);
    expect(view.getUint32(12, true)).toBe(2 ** 32 - 1);
  });

  it('refuses what does not fit', () => {
    const bytes = new Uint8Array(16);
    const write = (path: string, ...values: number[]) =>
      messageOf(() => writeMembers(bytes, scalars, [{ path, values }]));
    expect(write('colors', -1)).toContain('Cannot put -1 into "colors": it is of type uint');
    expect(write('color', 1, 2, 3)).toBe(
      'Cannot set "color": it has 2 scalars and gets 3 values; give one value for all of them or one for each',
    );
    expect(messageOf(() => valuesOfScalars(scalars, [{ path: 'color', values: [] }]))).toContain(
      'gets 0 values',
    );
  });

  it('gives tens of thousands of members their values in a time that grows with their number', () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `m${index}`);
    const many = names.map((name) => ({ name, type: 'float' as const, offset: 0 }));
    const begin = performance.now();
    const given = valuesOfScalars(
      many,
      names.map((path, index) => ({ path, values: [index] })),
    );
    expect(given.at(-1)).toEqual({ scalar: many.at(-1), value: 29_999 });
    expect(performance.now() - begin).toBeLessThan(3000);
  });
});

describe('scalarsOf()', () => {
  it('takes whole names only', () => {
    const names = (path: string) =>
      scalarsOf(places('a:uint, a.x:uint, a[0].x:uint, ab:uint'), path).map(({ name }) => name);
    expect(names('a')).toEqual(['a', 'a.x', 'a[0].x']);
    expect(names('a[0]')).toEqual(['a[0].x']);
    expect(names('b')).toEqual([]);
  });
});

describe('rootOf()', () => {
  it('is what precedes the first part', () => {
    expect(['lights[0].color.x', 'scale', 'a.b', ''].map(rootOf)).toEqual(['lights', 'scale', 'a', '']);
  });
});
