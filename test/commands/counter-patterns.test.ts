import { describe, expect, it } from 'vitest';
import { matchesName } from '../../src/commands/counter-patterns.ts';

describe('matchesName()', () => {
  it.each([
    ['steal', 'steal', true],
    ['steal', 'steal:cpu0', false],
    ['steal*', 'steal:cpu0', true],
    ['*', '', true],
    ['*cpu0', 'steal:cpu0', true],
    ['net:*:rx:*', 'net:eth0:rx:bytes', true],
    ['net:*:rx:*', 'net:eth0:tx:bytes', false],
    ['NET:Eth0:*', 'net:eth0:rx:bytes', true],
    ['a**b', 'ab', true],
    ['', 'steal', false],
    // What is taken for the end was taken already.
    ['a*a', 'a', false],
    ['ab*ba', 'aba', false],
    ['a*b*a', 'aba', true],
    ['a*b*b', 'ab', false],
    ['*ab*ab*', 'abab', true],
    ['*ab*ab*', 'ababa'.slice(0, 3), false],
  ])('%j and %j: %s', (pattern, name, expected) => {
    expect(matchesName([pattern], name)).toBe(expected);
  });

  it('takes nothing but * for special', () => {
    for (const pattern of ['s.eal', 'steal?', '[s]teal', '(steal)', 'ste+al', 'steal$', '\\w*'])
      expect(matchesName([pattern], 'steal'), pattern).toBe(false);
    expect(matchesName(['a.b[0]?'], 'a.b[0]?')).toBe(true);
  });

  it('is content with one of several, and with none of none', () => {
    expect(matchesName(['net', 'steal'], 'steal')).toBe(true);
    expect(matchesName([], 'steal')).toBe(false);
  });

  it('is done at once with many * and a long name', () => {
    const started = performance.now();
    expect(matchesName([`${'*a'.repeat(200)}*b`], 'a'.repeat(10_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
