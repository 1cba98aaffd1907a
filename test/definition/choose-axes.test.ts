import { describe, expect, it } from 'vitest';
import { array, binding, constant, defined, kernelOf, messageOf, push, said } from './interfaces.ts';

const values = (...parameters: Parameters<typeof defined>) =>
  Object.fromEntries(Object.entries(defined(...parameters).axes).map(([name, { value }]) => [name, value]));

describe('chooseAxes()', () => {
  it('makes named constants axes with their defaults, and others where somebody says so', () => {
    const kernel = kernelOf({
      constants: [constant(0, 'TILE', 16), constant(1, null, 3), constant(2, 'ON', true, 'bool')],
    });
    const { axes } = defined(kernel, ['axis n = 64']);
    expect(axes).toEqual({
      n: { value: [64], from: { kind: 'pragma', place: 'my.comp:4' } },
      TILE: { value: [16], from: { kind: 'shader', place: 'constant_id 0' } },
      ON: { value: [1], from: { kind: 'shader', place: 'constant_id 2' } },
    });
    expect(values(kernel, ['axis n = 64', 'axis constant1 = 1..2', 'axis TILE = 8'])).toEqual({
      n: [64],
      constant1: [1, 2],
      TILE: [8],
      ON: [1],
    });
  });

  it('leaves a constant to its default where no axis can hold it', () => {
    const kernel = kernelOf({
      constants: [
        constant(0, 'BIG', 2n ** 60n + 1n, 'int64'),
        constant(1, 'NAN', Number.NaN, 'float'),
        constant(2, 'SMALL', 5n, 'int64'),
      ],
    });
    expect(values(kernel, ['axis n = 64'])).toEqual({ n: [64], SMALL: [5] });
  });

  it('refuses more axes than any kernel has, before points are made of them', () => {
    const constants = Array.from({ length: 257 }, (_, index) => constant(index, `C${index}`));
    expect(messageOf(() => defined(kernelOf({ constants })))).toBe(
      'Cannot define a benchmark of my.comp: it has 257 axes; name at most 256 axes and specialization constants',
    );
    expect(Object.keys(values(kernelOf({ constants: constants.slice(0, 256) })))).toHaveLength(257);
  });

  it('lets later statements win, whatever their kind', () => {
    const layers = [
      said('pragma', 'axis n = 1'),
      said('module', 'axis n = 2'),
      said('suite file', 'axis n = 3'),
    ];
    expect(values(kernelOf(), layers)).toEqual({ n: [3] });
    expect(values(kernelOf(), [...layers, said('command line', 'axis n = 4, 5')])).toEqual({ n: [4, 5] });
  });

  it.each([
    ['axis N = 4', 'nothing uses the axis "N"; its axes: n, TILE'],
    ['axis toString = 4', 'nothing uses the axis "toString"'],
    ['axis __proto__ = 4', 'nothing uses the axis "__proto__"'],
    ['axis i = 4', 'nothing uses the axis "i"'],
  ])('refuses an axis that nothing uses: %s', (text, state) => {
    const kernel = kernelOf({ constants: [constant(0, 'TILE')] });
    const message = messageOf(() => defined(kernel, [text]));
    expect(message).toContain(`Cannot define a benchmark of my.comp (my.comp:4): ${state}`);
  });

  it('leaves an axis of the command line to the benchmarks that have it', () => {
    expect(values(kernelOf(), ['axis n = 4', said('command line', 'axis other = 4')])).toEqual({ n: [4] });
  });

  it('keeps the axes of a module, whose functions may use them', () => {
    expect(
      values(kernelOf(), [said('module', 'axis n = 4', 'axis q = 1')], { url: 'file:///x.mjs', index: 0 }),
    ).toEqual({ n: [4], q: [1] });
  });

  it.each([
    ['elements y = m', 'm'],
    ['items m', 'm'],
    ['flops 2 * m', 'm'],
    ['bytes m', 'm'],
    ['fill y = m', 'm'],
    ['expect y = m', 'm'],
    ['elements y = i', 'i'],
    ['flops i', 'i'],
    ['flops constructor', 'constructor'],
  ])('refuses a name that nothing has: %s', (text, name) => {
    expect(messageOf(() => defined(kernelOf(), ['axis n = 4', 'items n', text]))).toContain(
      `Cannot define a benchmark of my.comp: nothing is named "${name}"; its axes: n; add "#pragma guestmark axis ${name} = 1"`,
    );
  });

  it('knows the index in contents and expectations, and names that objects inherit', () => {
    const kernel = kernelOf({ bindings: [array('x', 'float', { use: 'read' }), binding('y')] });
    expect(values(kernel, ['axis n = 4', 'fill x = i', 'expect y = 2 * i'])).toEqual({ n: [4] });
    const odd = Object.keys(
      values(kernelOf({ pushConstants: [push('__proto__')] }), ['axis n = 4', 'axis __proto__ = 3']),
    );
    expect(odd).toEqual(['n', '__proto__']);
  });
});
