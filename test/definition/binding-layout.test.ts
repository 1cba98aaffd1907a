import { describe, expect, it } from 'vitest';
import { type BindingLayout, layoutOf } from '../../src/definition/binding-layout.ts';
import { parseExpression } from '../../src/definition/expression.ts';
import type { BindingInterface } from '../../src/shader/kernel-interface.ts';
import { array, binding, block, image, messageOf, places } from './interfaces.ts';

function layout(
  one: BindingInterface,
  elements: readonly string[] | null,
  axes = { n: 10, w: 6, h: 5 },
): BindingLayout {
  const from = { kind: 'pragma', place: null } as const;
  const sizes = elements === null ? null : { value: elements.map(parseExpression), from };
  return layoutOf(one, { elements: sizes, fill: { value: { kind: 'zero' }, from }, expect: null }, axes);
}

describe('layoutOf()', () => {
  it.each([
    ['an array', array('x', 'uint16'), ['2 * n'], 20, 40],
    [
      'what precedes an array',
      binding('x', { headerBytes: 16, headerScalars: places('count:uint') }),
      ['n'],
      10,
      56,
    ],
    ['an array of fixed length', binding('x', { elementCount: 7, elementBytes: 16 }), null, 7, 112],
    ['a block without an array', block('b', 'a:float, b:double'), null, 0, 12],
    ['an image', image('i', '2d', 'rgba16f'), ['w', 'h'], 30, 240],
    ['an image of three dimensions', image('i', '3d', 'r32ui'), ['w', 'h', '2'], 60, 240],
    ['an image of an unknown format', image('i', '1d', 'r11f_g11f_b10f'), ['w'], 6, 24],
  ] as const)('measures %s', (_, one, sizes, elements, bytes) => {
    expect(layout(one, sizes)).toMatchObject({ elements, bytes });
  });

  it('names the components of an image', () => {
    const { elementScalars, extent } = layout(image('i', '2d', 'rg16i'), ['w', 'h']);
    expect(elementScalars).toEqual([
      { name: 'r', type: 'int16', offset: 0 },
      { name: 'g', type: 'int16', offset: 2 },
    ]);
    expect(extent).toEqual([6, 5, 1]);
  });

  it.each(['n / 3', 'n - 10', '-n', 'n * 1Ti * 1Ti'])('refuses %s elements', (text) => {
    expect(messageOf(() => layout(binding('x'), [text]))).toMatch(
      /^Cannot size binding "x": [-\d.e+]+ is no number of elements; choose axis values/,
    );
  });

  it('refuses a side of an image that is none', () => {
    expect(messageOf(() => layout(image('i'), ['w', 'h - 5']))).toContain('Cannot size binding "i": 0');
  });
});
