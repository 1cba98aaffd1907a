import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { evaluate, namesIn, parseExpression } from '../../src/definition/expression.ts';
import { messageOf } from './interfaces.ts';

const value = (text: string, scope: Readonly<Record<string, number>> = {}): number =>
  evaluate(parseExpression(text), scope);

describe('evaluate()', () => {
  it.each([
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['10 - 4 - 3', 3],
    ['64 / 4 / 2', 8],
    ['2 * 3 / 4 * 2', 3],
    ['-2 * -3', 6],
    ['2 - -3', 5],
    ['--2', 2],
    ['+2', 2],
    ['-(1 + 2) * 2', -6],
    ['16Mi', 16 * 2 ** 20],
    ['1.5Ki', 1536],
    ['.5', 0.5],
    ['2.', 2],
    ['1e3', 1000],
    ['1e-5', 1e-5],
    ['1e1Ki', 10240],
    ['\t( 7 )\n', 7],
  ])('takes %s to be %d', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  /** Text with all brackets written out for JavaScript, and the same with few for us. */
  const written: fc.Arbitrary<{ ours: string; theirs: string }> = fc.letrec<{
    node: { ours: string; theirs: string; level: number };
  }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom('n', 'k_2', '3', '0.25', '1e2').map((text) => ({ ours: text, theirs: text, level: 3 })),
      tie('node').map(({ ours, theirs, level }) => ({
        ours: level < 3 ? `-(${ours})` : `- ${ours}`,
        theirs: `(-${theirs})`,
        level: 2,
      })),
      fc.tuple(tie('node'), fc.constantFrom('+', '-', '*', '/'), tie('node')).map(([left, sign, right]) => {
        const level = '+-'.includes(sign) ? 0 : 1;
        const bracketed = (text: string, isNeeded: boolean): string => (isNeeded ? `(${text})` : text);
        // Left-associative: the right operand needs brackets at the same level too.
        const ours = `${bracketed(left.ours, left.level < level)}${sign}${bracketed(right.ours, right.level <= level)}`;
        return { ours, theirs: `(${left.theirs}${sign}${right.theirs})`, level };
      }),
    ),
  })).node;

  it('agrees with JavaScript about precedence and associativity', () => {
    fc.assert(
      fc.property(written, ({ ours, theirs }) => {
        // Nothing but what is generated here reaches this function.
        const expected = new Function('n', 'k_2', `return ${theirs};`)(7, -3) as number;
        fc.pre(Number.isFinite(expected) && !/\/0(?!\.)/.test(ours));
        try {
          expect(value(ours, { n: 7, k_2: -3 })).toBe(expected);
        } catch (error) {
          // Something on the way divided by zero, which is refused even where the whole is finite.
          expect(error).toBeInstanceOf(GuestmarkError);
          expect((error as Error).message).toMatch(/divides by zero|no finite number/);
        }
      }),
    );
  });

  it.each([
    ['1 / 0', 'it divides by zero'],
    ['1 / (n - 4)', 'it divides by zero'],
    ['1e308 * 10', 'it is Infinity, which is no finite number'],
    ['1 / (1e308 * 10)', 'it is Infinity, which is no finite number'],
    ['m * 2', 'nothing is named "m"; known: n'],
    ['__proto__', 'nothing is named "__proto__"'],
    ['constructor', 'nothing is named "constructor"'],
    ['toString + 1', 'nothing is named "toString"'],
  ])('refuses %s: %s', (text, state) => {
    expect(messageOf(() => value(text, { n: 4 }))).toContain(`Cannot evaluate "${text}": ${state}`);
  });

  it('knows names that every object inherits where an axis has them', () => {
    const scope = Object.fromEntries([['__proto__', 5] as const, ['constructor', 2] as const]);
    expect(value('__proto__ * constructor', scope)).toBe(10);
  });
});

describe('parseExpression()', () => {
  it.each([
    ['', 'it is empty'],
    ['2 +', 'it ends too early'],
    ['(2', 'a ) is missing'],
    ['2)', '")" is not expected there'],
    ['* 2', '"*" is not expected there'],
    ['2 3', '"3" is not expected there'],
    ['n n', '"n" is not expected there'],
    ['f(2)', '"(" is not expected there'],
    ['2 ** 3', '"*" is not expected there'],
    ['n % 2', '"% 2" is no number, name or sign'],
    ['12abc', '"12abc" is no number, name or sign'],
    ['1.2.3', '"1.2.3" is no number, name or sign'],
    ['0x10', '"0x10" is no number, name or sign'],
    ['1 KiB', '"KiB" is not expected there'],
    ['n.length', '".length" is no number, name or sign'],
    ['"n"', '""n"" is no number, name or sign'],
    ['1e400', '1e400 is larger than any number'],
    [`${'9'.repeat(400)}`, 'is larger than any number'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'it is nested too deeply'],
    [`${'-'.repeat(60)}1`, 'it is nested too deeply'],
    [`1${' + 1'.repeat(300)}`, 'it is longer than 1000 characters'],
  ])('refuses %s', (text, state) => {
    expect(messageOf(() => parseExpression(text))).toContain(state);
  });

  it('gives nothing but a value or a GuestmarkError for any text, and executes none', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789.eEKiM+-*/() \tn_$[]{}=;,"\'`') });
    fc.assert(
      fc.property(fc.oneof(signs, fc.string({ unit: 'binary' })), (text) => {
        try {
          expect(value(text, { n: 3 })).toBeTypeOf('number');
        } catch (error) {
          expect(error).toBeInstanceOf(GuestmarkError);
        }
      }),
      { numRuns: 1000 },
    );
    expect(() => value('globalThis.x = 1')).toThrow(GuestmarkError);
    expect(globalThis).not.toHaveProperty('x');
  });

  it('takes as many terms as there is room for', () => {
    expect(value(`1${'+1'.repeat(499)}`)).toBe(500);
  });
});

describe('namesIn()', () => {
  it('gives each name once, in the order of use', () => {
    expect(namesIn(parseExpression('n * (k - n) / -m + 2'))).toEqual(['n', 'k', 'm']);
  });
});
