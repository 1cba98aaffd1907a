import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../src/suite/glob.ts';

describe('matchesGlob()', () => {
  it.each([
    ['copy', 'copy', true],
    ['copy', 'copy-h2d', false],
    ['copy*', 'copy', true],
    ['*copy', 'copy', true],
    ['hist*', 'histogram-shared', true],
    ['*gram*', 'histogram-shared', true],
    ['*-*ed', 'histogram-shared', true],
    ['*-*rd', 'histogram-shared', false],
    ['a*b*c', 'abbcbc', true],
    ['fma-f?2', 'fma-f32', true],
    ['fma-f?', 'fma-f32', false],
    ['?', '', false],
    ['*', '', true],
    ['**', 'x', true],
    ['a.b', 'axb', false],
    ['', '', true],
  ])('%s against %s: %s', (pattern, name, isMatch) => {
    expect(matchesGlob(pattern, name)).toBe(isMatch);
  });

  it('takes no time over many stars', () => {
    const before = process.cpuUsage();
    expect(matchesGlob(`a${'*b'.repeat(500)}c`, 'ab'.repeat(2000))).toBe(false);
    expect(process.cpuUsage(before).user).toBeLessThan(1e6);
  });
});
