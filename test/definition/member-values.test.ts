import { describe, expect, it } from 'vitest';
import { binding, block, constant, defined, kernelOf, messageOf, places, push, said } from './interfaces.ts';

const AXIS = 'axis n = 64';

function values(...parameters: Parameters<typeof defined>): Record<string, readonly string[]> {
  const entries = Object.entries(defined(...parameters).values);
  return Object.fromEntries(entries.map(([path, { value }]) => [path, value.map(({ text }) => text)]));
}

describe('memberValues()', () => {
  it('gives a push constant the axis of its name', () => {
    const kernel = kernelOf({ pushConstants: [push('n'), push('a', 'float')] });
    expect(values(kernel, [AXIS, 'axis a = 2'])).toEqual({ n: ['n'], a: ['a'] });
    const constants = kernelOf({ pushConstants: [push('TILE')], constants: [constant(0, 'TILE', 16)] });
    expect(values(constants, [AXIS])).toEqual({ TILE: ['TILE'] });
  });

  it.each([
    [
      push('count'),
      'Cannot run my.comp: push constant "count" has no value; add "#pragma guestmark axis count = 1" to the shader, or give --axis count=1',
    ],
    [
      push('color', 'float', 'xyz'),
      '"color.x" has no value; add "#pragma guestmark set color = 1, 1, 1" to the shader',
    ],
  ])('gives the line to add for a push constant without a value', (one, message) => {
    expect(messageOf(() => defined(kernelOf({ pushConstants: [one] })))).toContain(message);
  });

  it('takes what is said, of all or of parts', () => {
    const kernel = kernelOf({ pushConstants: [push('color', 'float', 'xyz')] });
    expect(values(kernel, [AXIS, 'set color = 1'])).toEqual({ color: ['1'] });
    expect(values(kernel, [AXIS, 'set color = 1, n, 3'])).toEqual({ color: ['1', 'n', '3'] });
    expect(values(kernel, [AXIS, 'set color = 1', 'set color.y = 5'])).toEqual({
      color: ['1'],
      'color.y': ['5'],
    });
    expect(messageOf(() => defined(kernel, [AXIS, 'set color.x = 1', 'set color.y = 1']))).toContain(
      'push constant "color.z" has no value',
    );
    expect(messageOf(() => defined(kernel, [AXIS, 'set color = 1, 2']))).toBe(
      'Cannot set "color" of my.comp: it has 3 scalars and gets 2 values; give one value for all of them or one for each',
    );
  });

  it('orders a part after the whole only where it was said later', () => {
    const kernel = kernelOf({ pushConstants: [push('color', 'float', 'xyz')] });
    const later = values(kernel, [AXIS, 'set color.y = 5', said('command line', 'set color = 1')]);
    expect(Object.keys(later)).toEqual(['color.y', 'color']);
  });

  it('lets the command line win', () => {
    const kernel = kernelOf({ pushConstants: [push('a', 'float')] });
    const { values: both } = defined(kernel, [AXIS, 'set a = 1', said('command line', 'set a = 2')]);
    expect(both.a).toMatchObject({ value: [{ text: '2' }], from: { kind: 'command line' } });
  });

  it('requires integers of uniform blocks, and fills what else is in them', () => {
    const uniform = (scalars: string) =>
      kernelOf({
        bindings: [block('u', scalars, { kind: 'uniform', use: 'read', access: 'read' }), binding('y')],
      });
    expect(values(uniform('n:uint, scale:float'), [AXIS])).toEqual({ n: ['n'] });
    expect(messageOf(() => defined(uniform('stride:uint, scale:float'), [AXIS]))).toBe(
      'Cannot run my.comp: uniform member "stride" has no value; add "#pragma guestmark axis stride = 1" to the shader, or give --axis stride=1',
    );
    expect(messageOf(() => defined(uniform('size.x:int, size.y:int'), [AXIS]))).toContain(
      '"size.x" has no value; add "#pragma guestmark set size = 1, 1" to the shader',
    );
    expect(values(uniform('m[0]:float, m[1]:float'), [AXIS])).toEqual({});
  });

  it('lets what precedes an array begin with 0, but for names of axes', () => {
    const headerScalars = places('n:uint, hits:uint, at.x:float, at.y:float');
    const kernel = kernelOf({ bindings: [binding('y', { headerBytes: 16, headerScalars })] });
    expect(values(kernel, [AXIS])).toEqual({ n: ['n'], hits: ['0'], at: ['0'] });
    expect(values(kernel, [AXIS, 'set at.y = 3'])).toEqual({
      n: ['n'],
      hits: ['0'],
      at: ['0'],
      'at.y': ['3'],
    });
  });

  it('knows names that every object inherits', () => {
    const kernel = kernelOf({ pushConstants: [push('constructor'), push('__proto__')] });
    expect(messageOf(() => defined(kernel))).toContain('"constructor" has no value');
    expect(messageOf(() => defined(kernel, ['set constructor = 1']))).toContain('"__proto__" has no value');
    expect(Object.keys(values(kernel, [AXIS, 'set constructor = 1', 'axis __proto__ = 2']))).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});
