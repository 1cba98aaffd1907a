import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requireReach, requireSuiteReach } from '../../src/definition/reach.ts';
import { readSuiteFile } from '../../src/definition/suite-file.ts';
import { errorText } from './error-text.ts';
import { folderOf } from './temporary-folder.ts';

/** A suite in `folder/suite`, with what lies beside that folder. */
function around(suite: string): { readonly folder: string; readonly path: string } {
  const folder = folderOf({
    'suite/suite.yaml': suite,
    'suite/lib/a.comp': '',
    'other/b.comp': '',
    'suite-too/c.comp': '',
    'secret.bin': 'secret',
  });
  symlinkSync(join(folder, 'other'), join(folder, 'suite/linked'));
  symlinkSync('../secret.bin', join(folder, 'suite/x.bin'));
  return { folder, path: join(folder, 'suite/suite.yaml') };
}

describe('requireReach()', () => {
  it.each([
    'x.bin',
    '../secret.bin',
    '../suite-too/c.comp',
    '../missing.bin',
    'linked/b.comp',
    '/proc/self/environ',
  ])('refuses %s', (name) => {
    const { path } = around('');
    const file = name.startsWith('/') ? name : join(dirname(path), name);
    expect(errorText(() => requireReach(file, [dirname(path)], 'my.comp:3'))).toBe(
      `Cannot use ${file} (my.comp:3): it lies outside of the folder of the file that names it; allow its folder with --include`,
    );
  });

  it('takes what is in the folder, below it, not there yet, or allowed', () => {
    const { folder, path } = around('');
    for (const name of ['suite.yaml', 'lib/a.comp', 'lib/../suite.yaml', 'missing/too.bin', '..x.bin'])
      requireReach(join(dirname(path), name), [dirname(path)], 'x');
    requireReach(join(dirname(path), 'x.bin'), [dirname(path), folder], 'x');
  });

  it('takes a folder that is reached through a link for the folder', () => {
    const { folder } = around('');
    mkdirSync(join(folder, 'links'));
    symlinkSync(join(folder, 'suite'), join(folder, 'links/suite'));
    writeFileSync(join(folder, 'suite/y.bin'), '');
    requireReach(join(folder, 'links/suite/y.bin'), [join(folder, 'links/suite')], 'x');
  });
});

describe('requireSuiteReach()', () => {
  const suiteOf = async (text: string) => {
    const { folder, path } = around(text);
    return { folder, suite: await readSuiteFile(path) };
  };

  it.each([
    ['a shader by dots', 'shaders: [{ file: ../other/b.comp }]'],
    ['a shader by a link', 'shaders: [{ file: linked/b.comp }]'],
    ['an absolute shader', 'shaders: [{ file: /etc/b.comp }]'],
    ['an include folder by dots', 'shaders: [{ file: lib/a.comp, include: ".." }]'],
    ['an absolute include folder', 'shaders: [{ file: lib/a.comp, include: [lib, /etc] }]'],
    ['an include folder by a link', 'shaders: [{ file: lib/a.comp, include: linked }]'],
    ['a module', 'modules: [../other/b.mjs]'],
  ])('refuses %s', async (_, text) => {
    const { folder, suite } = await suiteOf(text);
    expect(errorText(() => requireSuiteReach(suite, []))).toMatch(
      /: it lies outside of the folder of the file that names it; allow/,
    );
    expect(() => requireSuiteReach(suite, [folder, '/etc'])).not.toThrow();
  });

  it('takes what is beside it', async () => {
    const { suite } = await suiteOf('shaders: [{ file: lib/a.comp, include: [lib, .] }]\nmodules: [own.mjs]');
    requireSuiteReach(suite, []);
  });
});
