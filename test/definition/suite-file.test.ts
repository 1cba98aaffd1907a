import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSuiteFile, type SuiteFile } from '../../src/definition/suite-file.ts';
import { rejectionText } from './error-text.ts';
import { folderOf } from './temporary-folder.ts';

const WHOLE = `
name: my-kernels
shaders:
  - file: saxpy.comp
    name: saxpy
    axes: { n: [1Mi, 16777216], WORKGROUP_SIZE: "64..256*2", k: 3 }
    pragmas: ["flops 2 * n", 'fill x = file "x.bin"']
    entry: main2
    define: { FAST: 1, MODE: "a b", EMPTY: "" }
    include: [lib, /opt/lib]
    thresholds: { gpuTime: ["> 1 us", "<= 5 ms"], bandwidth: ">= 10 GB/s" }
  - file: sub/other.spv
modules: [extra.mjs]
`;

const read = (text: string, name = 'suite.yaml'): Promise<SuiteFile> =>
  readSuiteFile(join(folderOf({ [name]: text }), name));

/** What a user reads of a file, without the folder it is in. */
const problem = async (text: string, name = 'suite.yaml'): Promise<string> =>
  (await rejectionText(read(text, name))).replace(/\/\S*\/guestmark-\w+\//g, '');

describe('readSuiteFile()', () => {
  it('gives paths beside the file, options, statements and thresholds', async () => {
    const folder = folderOf({ 'suite.yaml': WHOLE });
    const { name, shaders, modules } = await readSuiteFile(join(folder, 'suite.yaml'));
    const [saxpy, other] = shaders;
    expect(name).toBe('my-kernels');
    expect(saxpy?.path).toBe(join(folder, 'saxpy.comp'));
    expect(saxpy?.options).toEqual({
      defines: { FAST: '1', MODE: 'a b', EMPTY: '' },
      includeFolders: [join(folder, 'lib'), '/opt/lib'],
    });
    expect(saxpy?.thresholds).toEqual([
      { metric: 'gpuTime', relation: '>', limit: 1e3, unit: 'ns' },
      { metric: 'gpuTime', relation: '<=', limit: 5e6, unit: 'ns' },
      { metric: 'bandwidth', relation: '>=', limit: 1e10, unit: 'B/s' },
    ]);
    expect(other).toMatchObject({ path: join(folder, 'sub/other.spv'), statements: [], thresholds: [] });
    expect(modules).toEqual([join(folder, 'extra.mjs')]);
  });

  it('says what pragmas say, each with its place', async () => {
    const folder = folderOf({ 'suite.yaml': WHOLE });
    const [saxpy] = (await readSuiteFile(join(folder, 'suite.yaml'))).shaders;
    expect(saxpy?.statements.map(({ statement, from }) => [from.place, statement])).toMatchObject([
      ['suite.yaml shaders[0].pragmas[0]', { key: 'flops' }],
      ['suite.yaml shaders[0].pragmas[1]', { key: 'fill', fill: { path: join(folder, 'x.bin') } }],
      ['suite.yaml shaders[0].name', { key: 'name', text: 'saxpy' }],
      ['suite.yaml shaders[0].entry', { key: 'entry', text: 'main2' }],
      ['suite.yaml shaders[0].axes.n', { key: 'axis', name: 'n', values: [2 ** 20, 2 ** 24] }],
      ['suite.yaml shaders[0].axes.WORKGROUP_SIZE', { values: [64, 128, 256] }],
      ['suite.yaml shaders[0].axes.k', { values: [3] }],
    ]);
    expect(new Set(saxpy?.statements.map(({ from }) => from.kind))).toEqual(new Set(['suite file']));
  });

  it('reads JSON of the same form', async () => {
    const { shaders } = await read(
      '{ "shaders": [{ "file": "a.comp", "axes": { "n": [4, "1Ki"] } }] }',
      's.json',
    );
    expect(shaders[0]?.statements[0]?.statement).toEqual({ key: 'axis', name: 'n', values: [4, 1024] });
  });

  const shader = (rest: string): string => `shaders:\n  - file: a.comp\n    ${rest}\n`;

  it.each<[string, string, RegExp]>([
    ['nothing', '', /^Cannot read suite file suite\.yaml: invalid input: expected object, received null$/],
    ['no shader', 'name: x', /: it lists neither shaders nor modules; shaders: \[/],
    ['an unknown key', 'shader: []', /yaml: no key "shader" is known; known: name, shaders, modules$/],
    [
      'an unknown key of a shader',
      shader('axis: 1'),
      /yaml: shaders\[0\]: no key "axis" is known; known: file, name, axes, pragmas, entry, /,
    ],
    ['a shader without a file', 'shaders: [{}]', /: shaders\[0\]\.file: invalid input: expected string/],
    [
      'a file that is no shader',
      'shaders: [{ file: a.txt }]',
      /shaders\[0\]\.file: "a\.txt" is not the name of a/,
    ],
    [
      'a module that is none',
      'modules: [a.comp]',
      /modules\[0\]: "a\.comp" is not the name of a module; it ends/,
    ],
    [
      'a mistake in YAML',
      'shaders:\n  - file: a.comp\n   name: x\n',
      /^Cannot read suite file suite\.yaml:3: /,
    ],
    [
      'an axis that is no value',
      shader('axes: { n: true }'),
      /\.axes\.n: it is not a number, a range such as/,
    ],
    ['a number that is none', shader('axes: { n: .nan }'), /\.axes\.n: it is not a number/],
    ['an axis without a value', shader('axes: { n: [] }'), /\.axes\.n: too small/],
    [
      'an axis with a strange name',
      shader('axes: { "n = 1, m": 2 }'),
      /an axis is made of letters, digits and _$/,
    ],
    [
      'an axis that cannot be read',
      shader('axes: { n: 1..x }'),
      /"axis n = 1\.\.x" \(suite\.yaml shaders\[0\]\.axes\.n\)/,
    ],
    [
      'an unknown pragma',
      shader('pragmas: [speed 1]'),
      /\(suite\.yaml shaders\[0\]\.pragmas\[0\]\): "speed" is no key/,
    ],
    ['a name of two statements', shader('name: "a\\nentry b"'), /shaders\[0\]\.name/],
    [
      'an unknown metric',
      shader('thresholds: { speed: "> 1 s" }'),
      /shaders\[0\]\.thresholds\): "speed" is no metric/,
    ],
    ['a limit without a unit', shader('thresholds: { gpuTime: 5 }'), /gpuTime: it is not a limit such as/],
    ['too many shaders', `shaders: [${'{file: a.comp},'.repeat(1001)}]`, /shaders: too big: expected array/],
    ['text that is too long', shader(`name: ${'a'.repeat(5000)}`), /shaders\[0\]\.name: too big/],
    [
      'an alias in a circle',
      'shaders: &a [*a]',
      /shaders\[0\]: invalid input: expected object, received array$/,
    ],
    ['a circle of axes', shader('axes: &a { n: *a }'), /\.axes\.n: it is not a number/],
    ['__proto__', '__proto__: { shaders: [] }', /yaml: no key "__proto__" is known$/],
    [
      'an axis __proto__',
      shader('axes: { __proto__: 1 }'),
      /shaders\[0\]\.axes: no key "__proto__" is known$/,
    ],
    ['a macro __proto__', shader('define: { __proto__: "1" }'), /\.define: no key "__proto__" is known$/],
  ])('refuses %s', async (_, text, message) => {
    expect(await problem(text)).toMatch(message);
  });

  it.each<[string, string, RegExp]>([
    ['a mistake', '{\n  "shaders": [1,\n', /^Cannot read suite file s\.json:2: it is not JSON \(/],
    ['__proto__', '{ "__proto__": {} }', /s\.json: no key "__proto__" is known$/],
    [
      'more depth than a stack has room for',
      `{"shaders":[{"file":"a.comp","x":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}]}`,
      /\.a\.a: it is nested too deeply$/,
    ],
    [
      'names that would steer a terminal',
      JSON.stringify({ modules: ['\u001b[2J'] }),
      /json: modules\[0\]: " \[2J" is not the name of a module/,
    ],
  ])('refuses %s in JSON', async (_, text, message) => {
    expect(await problem(text, 's.json')).toMatch(message);
  });
});
