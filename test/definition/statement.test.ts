import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { parseExpression } from '../../src/definition/expression.ts';
import { parseStatement, STATEMENT_KEYS } from '../../src/definition/statement.ts';
import { messageOf } from './interfaces.ts';

const parse = (text: string): unknown => parseStatement(text, '/shaders', 'my.comp:4');
const exactly = (text: string): object => ({ kind: 'number', value: parseExpression(text) });

describe('parseStatement()', () => {
  it.each([
    ['axis n = 1Ki, 2Ki', { key: 'axis', name: 'n', values: [1024, 2048] }],
    ['  axis   k=1..3 ', { key: 'axis', name: 'k', values: [1, 2, 3] }],
    ['elements x = n', { key: 'elements', name: 'x', values: [parseExpression('n')] }],
    [
      'elements img = width, height / 2',
      { key: 'elements', name: 'img', values: ['width', 'height / 2'].map(parseExpression) },
    ],
    ['items n', { key: 'items', values: [parseExpression('n')] }],
    ['groups 1, 2, 3', { key: 'groups', values: ['1', '2', '3'].map(parseExpression) }],
    ['fill x = zero', { key: 'fill', name: 'x', fill: { kind: 'zero' } }],
    ['fill x = index', { key: 'fill', name: 'x', fill: { kind: 'index' } }],
    ['fill x = random', { key: 'fill', name: 'x', fill: { kind: 'random', seed: null } }],
    ['fill x = random 42', { key: 'fill', name: 'x', fill: { kind: 'random', seed: 42 } }],
    ['fill x = -1.5', { key: 'fill', name: 'x', fill: exactly('-1.5') }],
    ['fill x = i * 2', { key: 'fill', name: 'x', fill: exactly('i * 2') }],
    ['fill x = file "a b.bin"', { key: 'fill', name: 'x', fill: { kind: 'file', path: '/shaders/a b.bin' } }],
    ['set scale = 2 * n', { key: 'set', name: 'scale', values: [parseExpression('2 * n')] }],
    [
      'set lights[0].color = 1, 2',
      { key: 'set', name: 'lights[0].color', values: ['1', '2'].map(parseExpression) },
    ],
    ['flops 2 * n', { key: 'flops', value: parseExpression('2 * n') }],
    ['bytes 12 * n', { key: 'bytes', value: parseExpression('12 * n') }],
    ['requires shaderFloat64', { key: 'requires', text: 'shaderFloat64' }],
    ['expect y = 3', { key: 'expect', name: 'y', expected: { what: exactly('3'), tolerance: 0 } }],
    [
      'expect y = 2 * n within 1e-5',
      { key: 'expect', name: 'y', expected: { what: exactly('2 * n'), tolerance: 1e-5 } },
    ],
    [
      'expect y = file "y.bin" within 0.5',
      {
        key: 'expect',
        name: 'y',
        expected: { what: { kind: 'file', path: '/shaders/y.bin' }, tolerance: 0.5 },
      },
    ],
    [
      'expect y = equal to z',
      { key: 'expect', name: 'y', expected: { what: { kind: 'binding', name: 'z' }, tolerance: 0 } },
    ],
    ['expect y = itself', { key: 'expect', name: 'y', expected: { what: { kind: 'itself' }, tolerance: 0 } }],
    ['name my-shader2', { key: 'name', text: 'my-shader2' }],
    ['summary y = a x + y, "once"', { key: 'summary', text: 'y = a x + y, "once"' }],
    ['kind latency', { key: 'kind', kind: 'latency' }],
    ['entry main.2', { key: 'entry', text: 'main.2' }],
  ])('takes %s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it.each([
    ['', 'it says nothing; known: axis, elements'],
    ['axes n = 1', '"axes" is no key; known: axis, elements'],
    ['constructor x', '"constructor" is no key'],
    ['__proto__ x', '"__proto__" is no key'],
    ['axis', 'it is not of the form name = value; such as n = 1Mi, 16Mi'],
    ['axis n', 'it is not of the form name = value'],
    ['axis n =', 'it is not of the form name = value'],
    ['axis n = 1..', 'cannot read axis values "1..": it is not of the form 1Mi..64Mi*4'],
    ['axis n.x = 1', '"n.x" is not a plain name; an axis is made of letters, digits and _'],
    ['axis 3n = 1', 'it is not of the form name = value'],
    ['elements x = n,', 'cannot evaluate "": it is empty'],
    ['elements x = 1, 2, 3, 4', 'it has 4 values, more than 3'],
    ['set s = 1 1', 'cannot evaluate "1 1": "1" is not expected there'],
    ['items', 'cannot evaluate "": it is empty'],
    ['groups 1, 1, 1, 1', 'it has 4 values, more than 3'],
    ['fill x = file x.bin', '; give zero, index, random, random 42, a number or file "x.bin"'],
    ['fill x = random 1.5', 'the seed "1.5" is no whole number'],
    ['fill x = random 99999999999', 'the seed "99999999999" is no whole number'],
    ['expect y = equal z', 'give a number, file "y.bin", equal to z or itself'],
    ['expect y = 3 within -1', 'the tolerance -1 is below 0'],
    ['expect y = 3 within n', 'cannot evaluate "n": nothing is named "n"'],
    ['flops', 'cannot evaluate "": it is empty'],
    ['bytes 1 / (', 'it ends too early'],
    ['requires shaderFloat64, shaderInt64', 'is not one plain word; such as shaderFloat64'],
    ['name My Shader', '"My Shader" is not made of lower-case letters, digits and dashes'],
    ['summary', 'it says nothing'],
    ['kind fast', '"fast" is no kind; throughput and latency are'],
    ['entry', '"" is not one word; such as main'],
    ['entry maïn', '"maïn" is not printable text of at most 255 characters'],
  ])('refuses "%s": %s', (text, state) => {
    const message = messageOf(() => parse(text));
    expect(message.startsWith(`Cannot read "${text}" (my.comp:4): `)).toBe(true);
    expect(message).toContain(state);
  });

  it('shows neither control characters nor pages of text', () => {
    const message = messageOf(() => parse(`kind \u001b[31m${'x'.repeat(10_000)}`));
    expect(message).not.toContain('\u001b');
    expect(message.length).toBeLessThan(500);
  });

  it('gives a statement or a GuestmarkError for any text', () => {
    const rest = fc.string({ unit: fc.constantFrom(...'0123456789.n=,+*/() "filewthnrado') });
    fc.assert(
      fc.property(
        fc.constantFrom(...STATEMENT_KEYS),
        fc.oneof(rest, fc.string({ unit: 'binary' })),
        (key, text) => {
          try {
            expect(parse(`${key} ${text}`)).toHaveProperty('key', key);
          } catch (error) {
            expect(error).toBeInstanceOf(GuestmarkError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
