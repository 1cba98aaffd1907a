// Names that every JavaScript object has, in all that comes from outside. Nothing that objects inherit may change, and every
// name is either a name like any other or refused by a message. The command line runs without the accessor `__proto__`
// (--disable-proto=throw), so that a single use of it, in a dependency too, would end it with an error.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GuestmarkError } from '../../src/base/errors.ts';
import { parseStatement } from '../../src/definition/statement.ts';
import { readSuiteFile } from '../../src/definition/suite-file.ts';
import { parseThreshold } from '../../src/definition/threshold.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { checkTimeReport } from '../../src/report/parse-time-report.ts';
import { parseSelector } from '../../src/suite/selector.ts';
import { recordedMachine } from '../../src/virt/open-machine.ts';
import { folderOf } from '../definition/temporary-folder.ts';
import { guestmark, temporaryFolder } from '../e2e/guestmark.ts';
import { hostileReport } from '../export/hostile-report.ts';
import { sampleReport } from '../report/sample-report.ts';
import { sampleTimeReport } from '../report/sample-time-report.ts';
import { describeAll, subjectsOf } from '../virt/describe-all.ts';
import { INHERITED, inheritedNames } from './plain-objects.ts';

let before: readonly string[];
beforeAll(() => {
  before = inheritedNames();
});
afterEach(() => {
  expect(inheritedNames()).toEqual(before);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

/** What it came to: a value, or the message of a refusal. Any other error is a defect. */
async function outcome(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GuestmarkError) return error.message;
    throw error;
  }
}

/** The JSON text of a value with a further key at every object of it, one at a time. */
function* withKey(value: object, key: string): Generator<string> {
  const text = JSON.stringify(value);
  for (const { index } of text.matchAll(/\{(?=")/g))
    yield `${text.slice(0, index + 1)}${JSON.stringify(key)}:{"polluted":true},${text.slice(index + 1)}`;
}

describe('keys of files', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('%s anywhere in a report', async (key) => {
    let count = 0;
    for (const text of withKey(sampleReport(), key)) {
      const result = await outcome(() => parseReport(text, 'x'));
      if (typeof result !== 'string') expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
      count++;
    }
    expect(count).toBeGreaterThan(30);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('%s anywhere in a report of a program', async (key) => {
    for (const text of withKey(sampleTimeReport(), key))
      await outcome(() => checkTimeReport(JSON.parse(text), 'x'));
  });

  it.each(['suite.json', 'suite.yaml'])('any in %s', async (name) => {
    const suite = {
      name: 'x',
      shaders: [{ file: 'a.comp', axes: { n: [4] }, define: { A: 1 }, thresholds: { gpuTime: '<= 5 ms' } }],
      modules: ['m.mjs'],
    };
    for (const key of INHERITED) {
      // JSON is YAML.
      for (const text of withKey(suite, key)) {
        const path = join(folderOf({ [name]: text }), name);
        expect(await outcome(() => readSuiteFile(path))).toMatch(
          /^Cannot read suite file .*suite\.(json|yaml)/,
        );
      }
    }
  });

  it('names of axes and macros in a suite file that every object has', async () => {
    const names = INHERITED.slice(1).map((name) => `"${name}":4`);
    const text = `{"shaders":[{"file":"a.comp","axes":{${names}},"define":{${names}}}]}`;
    const { shaders } = await readSuiteFile(join(folderOf({ 'suite.json': text }), 'suite.json'));
    expect(
      shaders[0]?.statements.map(({ statement }) => ('name' in statement ? statement.name : '')),
    ).toEqual(INHERITED.slice(1));
    expect(Object.keys(shaders[0]?.options.defines ?? {})).toEqual(INHERITED.slice(1));
  });

  it('of the manifest of a recorded machine', () => {
    const names = `{${INHERITED.map((name) => `"${name}":"polluted"`)}}`;
    const lists = `{${INHERITED.map((name) => `"${name}":["polluted"]`)}}`;
    const manifest = `{"__proto__":{"polluted":1},"links":${names},"lists":${lists},"variables":${names},"unreadable":${names},"driverModes":{}}`;
    const folder = folderOf({ 'machine.json': manifest, 'proc/cpuinfo': 'processor : 0\n' });
    const machine = recordedMachine(folder);
    for (const name of INHERITED) expect(machine.files.read(`/${name}`)).toMatchObject({ available: false });
    expect(describeAll(machine, subjectsOf(machine))).toBeTypeOf('object');
  });
});

describe('words', () => {
  it.each(INHERITED)('%s in selectors, thresholds and pragmas', async (name) => {
    const selector = parseSelector(`${name}[${name}=4]`);
    expect(Object.entries(selector.axes)).toEqual([[name, 4]]);
    await outcome(() => parseThreshold(name, '<= 5 ms', 'x'));
    for (const text of [`${name} x = 1`, `axis ${name} = 1`, `set ${name} = ${name}`, `elements ${name} = n`])
      await outcome(() => parseStatement(text, '.', 'x'));
  });
});

const FROZEN = { NODE_OPTIONS: '--disable-proto=throw' };
const TIMES = ['--runs', '1', '--min-time', '1ms', '--max-time', '20ms'];

/** Benchmarks whose every name is one that objects have. */
const MODULE = `import { defineBenchmark } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
const axes = Object.fromEntries(${JSON.stringify(INHERITED)}.map((name) => [name, [1]]));
export default ${JSON.stringify(['constructor', 'prototype'])}.map((name) => defineBenchmark({
  name, summary: name, kind: 'latency', axes, suites: { quick: {} },
  buffers: Object.fromEntries(['__proto__', 'toString'].map((key) => [key, { type: 'u32', elements: () => 64, fill: 'zero' }])),
  work: () => [], verify: () => ({ ok: true, checked: 1 }),
}));`;

describe('the command line without __proto__', () => {
  it.each(['__proto__=1', 'constructor=1'])('refuses --axis %s', async (axis) => {
    const { code, stderr } = await guestmark(['run', 'copy', '--axis', axis], FROZEN);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^guestmark: Cannot set axis "\w+": no selected benchmark has it/),
    });
  });

  it('takes such names of benchmarks, axes and buffers for names like any other', async () => {
    using folder = temporaryFolder();
    const [module, out] = [join(folder.path, 'module.mjs'), join(folder.path, 'report.json')];
    writeFileSync(module, MODULE);
    const words = ['constructor[__proto__=1]', 'prototype[toString=1]'];
    const args = ['run', ...words, '--module', module, '--axis', 'constructor=1', ...TIMES];
    const run = await guestmark([...args, '--json', '--out', out], FROZEN);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    const { results } = parseReport(run.stdout, 'standard output');
    expect(results.map(({ benchmark, status }) => `${benchmark} ${status}`).sort()).toEqual([
      'constructor ok',
      'prototype ok',
    ]);
    const [first] = (JSON.parse(run.stdout) as { results: { axes: object }[] }).results;
    expect(Object.keys(first?.axes ?? {})).toEqual(INHERITED);
  });

  it('reads a report whose names are hostile, in every way that it can be shown', async () => {
    using folder = temporaryFolder();
    const reports = join(folder.path, 'reports');
    mkdirSync(reports);
    for (const name of ['__proto__.json', 'constructor.json'])
      writeFileSync(join(reports, name), JSON.stringify(hostileReport()));
    const [one, other] = ['__proto__.json', 'constructor.json'].map((name) => join(reports, name)) as [
      string,
      string,
    ];
    const calls = [
      ['compare', one, other],
      ['report', one, '--out', join(folder.path, 'page.html')],
      ['history', reports],
      ...['csv', 'trace'].map((format) => ['export', format, reports]),
    ];
    for (const args of calls) {
      const { code, stderr } = await guestmark(args, FROZEN);
      expect({ args: args[0], internal: code === 70 || code === null, stderr }).toEqual({
        args: args[0],
        internal: false,
        stderr: expect.not.stringMatching(/ERR_PROTO|TypeError|at .*\.js:\d/),
      });
    }
  });
});
