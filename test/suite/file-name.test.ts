import { describe, expect, it } from 'vitest';
import { fileNameOf } from '../../src/suite/file-name.ts';

const name = (text: string): string => fileNameOf(text, new Set());

describe('fileNameOf()', () => {
  it.each([
    ['copy[n=4Mi,WORKGROUP_SIZE=256]', 'copy_n=4Mi_WORKGROUP_SIZE=256'],
    ['empty-submit', 'empty-submit'],
    ['scale[a=1e+21,b=-0.5]', 'scale_a=1e+21_b=-0.5'],
    ['../../etc/passwd', '__.._etc_passwd'],
    ['a/b\\c\0d', 'a_b_c_d'],
    ['..', '_'],
    ['CON', '_CON'],
    ['nul.x[n=1]', '_nul.x_n=1'],
    ['console', 'console'],
  ])('makes of %j %j', (text, file) => {
    expect(name(text)).toBe(file);
  });

  it('tells apart what would have the same name, or none', () => {
    const taken = new Set<string>();
    const names = ['a/b', 'a_b', 'A_B', 'a?b', ''].map((text) => fileNameOf(text, taken));
    expect(new Set(names.map((one) => one.toLowerCase())).size).toBe(5);
    expect(names[0]).toBe('a_b');
    expect(names[4]).toMatch(/^-[0-9a-f]{8}$/);
  });

  it('cuts what is too long for a file system, and keeps it apart', () => {
    const [one, other] = [name(`${'x'.repeat(300)}1`), name(`${'x'.repeat(300)}2`)];
    expect(one.length).toBeLessThan(240);
    expect(one).not.toBe(other);
  });
});
