import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandTarget, isTarget } from '../../src/definition/targets.ts';
import { errorText } from './error-text.ts';
import { folderOf } from './temporary-folder.ts';

const empty = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, '']));

/** What a folder with these files stands for: kind and name. */
function expanded(names: readonly string[]): readonly string[] {
  const folder = folderOf(empty(names));
  return expandTarget(folder).map(({ kind, path }) => `${kind} ${path.slice(folder.length + 1)}`);
}

describe('isTarget()', () => {
  it.each([
    'a.comp',
    'A.COMP',
    'a.comp.glsl',
    'a.glsl',
    'a.hlsl',
    'a.spv',
    'a.spvasm',
    'a.mjs',
    'a.js',
    'a.ts',
    'a.yaml',
    'a.yml',
    'a.json',
    '.',
    '..',
    './copy',
    'kernels/',
    '/tmp/x',
    'C:\\x',
  ])('takes %s for a path', (argument) => expect(isTarget(argument)).toBe(true));

  it.each(['copy', 'copy[n=16Mi]', 'hist*', '*[n=1Mi]', 'sgemm-tiled', 'spv', '', 'comp'])(
    'takes %j for a selector',
    (argument) => expect(isTarget(argument)).toBe(false),
  );
});

describe('expandTarget()', () => {
  it('gives a file as it is, by its ending', () => {
    const folder = folderOf(empty(['a.glsl', 'b.JS', 'c.yml']));
    const kinds = ['a.glsl', 'b.JS', 'c.yml'].map((name) => expandTarget(join(folder, name)));
    expect(kinds.flat().map(({ kind }) => kind)).toEqual(['shader', 'module', 'suite file']);
  });

  it('gives the shaders and modules of a folder in order, without includes, hidden files and folders', () => {
    const names = ['z.comp', 'b.mjs', 'a.comp.glsl', 'common.glsl', 'c.hlsl', 'notes.md', 'd.js', '._z.comp'];
    const found = ['shader a.comp.glsl', 'module b.mjs', 'shader c.hlsl', 'shader z.comp'];
    expect(expanded([...names, 'sub.comp/x.comp'])).toEqual(found);
  });

  it('leaves out SPIR-V whose source is there too', () => {
    expect(expanded(['a.comp', 'a.spv', 'a.comp.spv', 'a.spvasm', 'b.spvasm', 'b.spv', 'c.spv'])).toEqual([
      'shader a.comp',
      'shader b.spvasm',
      'shader c.spv',
    ]);
    expect(expanded(['x.spv', 'x.glsl', 'x.mjs'])).toEqual(['module x.mjs', 'shader x.spv']);
  });

  it('takes a suite file for the whole folder', () => {
    expect(expanded(['suite.yml', 'a.comp'])).toEqual(['suite file suite.yml']);
    expect(() => expanded(['suite.yml', 'suite.json'])).toThrow('it has both suite.yml and suite.json');
  });

  it('follows links to files and keeps those that lead nowhere, for whoever reads them', () => {
    const folder = folderOf(empty(['a.comp', 'sub/x.txt']));
    symlinkSync('a.comp', join(folder, 'b.comp'));
    symlinkSync('sub', join(folder, 'c.comp'));
    symlinkSync('nothing', join(folder, 'd.comp'));
    expect(expandTarget(folder).map(({ path }) => path.slice(-6))).toEqual(['a.comp', 'b.comp', 'd.comp']);
  });

  it('says what a folder without shaders would stand for', () => {
    const folder = folderOf(empty(['common.glsl', 'sub/x.comp']));
    expect(errorText(() => expandTarget(`${folder}/`))).toMatch(
      /^Cannot run .*\/: no shader is in it; a folder stands for its \*\.comp, .*plain \*\.glsl are taken for includes/,
    );
  });

  it('refuses what is not there, or is of no known kind', () => {
    const folder = folderOf(empty(['a.txt', 'a.comp']));
    const of = (name: string): string => errorText(() => expandTarget(join(folder, name)));
    expect(of('b.comp')).toMatch(/: there is no such file or folder; guestmark list/);
    expect(of('a.comp/x.comp')).toMatch(/: a part of the path is not a folder$/);
    expect(of('a.txt')).toMatch(/: its name does not say what it holds; names end in \.comp/);
    expect(of('a\0.comp')).toMatch(/null character/);
    execFileSync('mkfifo', [join(folder, 'pipe.comp')]);
    expect(of('pipe.comp')).toMatch(/: it is neither a file nor a folder$/);
  });

  it('takes TypeScript where Node does, and says what to do where it does not', () => {
    const file = join(folderOf(empty(['a.ts'])), 'a.ts');
    expect(expandTarget(file, true)).toEqual([{ kind: 'module', path: file }]);
    expect(errorText(() => expandTarget(file, false))).toMatch(/does not load TypeScript; compile it first/);
  });

  it('refuses a folder with more than anybody waits for', () => {
    const names = Array.from({ length: 1001 }, (_, index) => `${index}.spv`);
    expect(() => expanded(names)).toThrow('it has 1001 shaders and modules, more than 1000');
  });
});
