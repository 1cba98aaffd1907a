import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { placeOfLine } from '../../src/shader/flat-shader.ts';
import { flattenIncludes } from '../../src/shader/flatten-includes.ts';
import { hashShaderSources } from '../../src/shader/shader-sources.ts';

const outside = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
const folder = join(outside, 'shaders');
mkdirSync(join(folder, 'lib'), { recursive: true });
mkdirSync(join(outside, 'shaders-too'));
afterAll(() => rmSync(outside, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const shader = write('a.comp', '');
const flatten = (text: string, folders: string[] = []) => flattenIncludes(shader, text, folders);

writeFileSync(join(outside, 'secret.glsl'), 'secret\n');
writeFileSync(join(outside, 'shaders-too', 'secret.glsl'), 'secret\n');
symlinkSync(join(outside, 'secret.glsl'), join(folder, 'link.glsl'));
symlinkSync(outside, join(folder, 'up'));
symlinkSync('loop', join(folder, 'loop'));
write('lib/b.glsl', 'b1\n#include "c.glsl"\nb3\n');
write('lib/c.glsl', '#include "b.glsl"\nc2');
write('void.glsl', '');

describe('flattenIncludes()', () => {
  it('puts included files in their places, and leaves out what is being included already', () => {
    const flat = flatten('a1\n#include "lib/b.glsl"\na3\n');
    expect(flat.text.split('\n').filter(Boolean)).toEqual(['a1', 'b1', 'c2', 'b3', 'a3']);
    expect(flat.sources.map(({ path }) => path)).toEqual([
      shader,
      join(folder, 'lib/b.glsl'),
      join(folder, 'lib/c.glsl'),
    ]);
    const places = flat.text.split('\n').flatMap((text, index) => {
      const place = placeOfLine(flat, index + 1);
      return text === '' ? [] : [[text, place?.source.text.split('\n')[(place?.line ?? 0) - 1]]];
    });
    for (const [flatLine, sourceLine] of places) expect(sourceLine).toBe(flatLine);
  });

  it('hashes what is included, whatever its line ends', () => {
    const hash = () => hashShaderSources(flatten('#include "hashed.glsl"\n').sources);
    write('hashed.glsl', 'int x;\n');
    const before = hash();
    write('hashed.glsl', 'int x;\r\n');
    expect(hash()).toBe(before);
    write('hashed.glsl', 'int y;\n');
    expect(hash()).not.toBe(before);
  });

  it('looks into the include folders, and lets their files name each other', () => {
    expect(flatten('#include <c.glsl>', [join(folder, 'lib')]).text).toContain('c2');
    expect(flatten('#include <secret.glsl>', [join(folder, 'missing'), outside]).text).toContain('secret');
    expect(flatten('#include "../secret.glsl"', [outside]).text).toContain('secret');
  });

  it.each([
    ['dots', '#include "../secret.glsl"'],
    ['a folder whose name begins alike', '#include "../shaders-too/secret.glsl"'],
    ['an absolute path', `#include "${outside}/secret.glsl"`],
    ['a link', '#include "link.glsl"'],
    ['a linked folder', '#include <up/secret.glsl>'],
    ['an absolute path of the system', '#include "/proc/self/environ"'],
  ])('does not leave the folders by %s', (_, text) => {
    const flat = flatten(`${text}\n`);
    expect(flat.text).toBe('#error cannot include\n\n');
    expect([...flat.refusals.values()][0]).toMatch(
      /^Cannot include .*: outside of the include folders; allow/,
    );
    expect(flat.sources).toHaveLength(1);
  });

  it.each(['lib', 'loop', 'nothing.glsl', `${'x'.repeat(5000)}`, 'a.comp/b'])('refuses %.20s', (name) => {
    expect([...flatten(`#include "${name}"`).refusals.values()]).toEqual([
      `Cannot include ${name}: no such file beside it or in the include folders`,
    ]);
  });

  it.each(['#include FILE', '#include', '#include "a" b', '#include ""'])('refuses %s', (text) => {
    expect([...flatten(text).refusals.values()][0]).toContain('it is no name in quotes or angle brackets');
  });

  it.each([
    '#include "../secret.glsl"',
    '#/**/include "../secret.glsl"',
    '/**/ # /**/ include /**/ "../secret.glsl"',
    '#\\\ninclude "../secret.glsl"',
    '#inc\\\nlude "../secret.glsl"',
    '/\\\n* *\\\n/#include "../secret.glsl"',
    'x\r#include "../secret.glsl"',
    '// x\r#include "../secret.glsl"',
    '/*\n*/#include "../secret.glsl"',
    '#/*\n*/include "../secret.glsl"',
    '\f\v#\finclude "../secret.glsl"',
    '// \\\\\n\n#include "../secret.glsl"',
    '"\\" /*"\n#include "../secret.glsl"\n"*/"',
    '#\\\n\\\n\\\ninclude\\\n"../secret.glsl"',
  ])('leaves no include behind for the compiler in %j', (text) => {
    const flat = flatten(text);
    expect(flat.text).not.toMatch(/^\s*#\s*include/m);
    expect(flat.text).not.toMatch(/\\$|\/\/|\/\*(?!")/m);
    expect(flat.refusals.size).toBe(1);
  });

  it('leaves alone what is no directive', () => {
    const flat = flatten('// #include "x"\n/*\n#include "x"\n*/\n#define A #include "x"\n#included "x"\n');
    expect(flat.refusals.size).toBe(0);
  });

  it('refuses a text that is no text', () => {
    write('binary.glsl', 'a\0b');
    expect([...flatten('#include "binary.glsl"').refusals.values()][0]).toContain('cannot be read as text');
  });

  it('ends where includes multiply or nest without end', () => {
    for (let i = 0; i < 70; i++) {
      write(`twice${i}.glsl`, `#include "twice${i + 1}.glsl"\n`.repeat(i < 20 ? 2 : 1));
      write(`big.glsl`, ' '.repeat(2 ** 20));
    }
    const refused = 'Cannot compile shader';
    expect(() => flatten('#include "twice0.glsl"')).toThrow(
      `${refused} ${shader}: its includes are nested more than 64`,
    );
    expect(() => flatten('#include "twice10.glsl"')).toThrow(
      `${refused} ${shader}: it includes more than 10000 files`,
    );
    expect(() => flatten('#include "big.glsl"\n'.repeat(20))).toThrow('more than 16 MiB of text');
  });
});
