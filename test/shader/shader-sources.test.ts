import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashShaderSources, readShaderSources } from '../../src/shader/shader-sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const hash = () => hashShaderSources(readShaderSources(join(folder, 'a.comp')));

beforeAll(() => {
  mkdirSync(join(folder, 'lib'));
  write('a.comp', '#version 450\n#include "lib/b.glsl"\n  #  include "lib/c.glsl"\nvoid main() {}\n');
  write('lib/b.glsl', '#include "c.glsl"\n');
  write('lib/c.glsl', '#include "b.glsl"\nconst int C = 1;\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('readShaderSources()', () => {
  it('follows includes relative to the including file, each once', () => {
    const paths = readShaderSources(join(folder, 'a.comp')).map(({ path }) => path);
    expect(paths).toEqual(['a.comp', 'lib/b.glsl', 'lib/c.glsl'].map((name) => join(folder, name)));
  });
});

describe('hashShaderSources()', () => {
  it('changes with an included file, but not with its line ends', () => {
    const before = hash();
    write('lib/c.glsl', '#include "b.glsl"\r\nconst int C = 1;\r\n');
    expect(hash()).toBe(before);
    write('lib/c.glsl', '#include "b.glsl"\nconst int C = 2;\n');
    expect(hash()).not.toBe(before);
  });
});
