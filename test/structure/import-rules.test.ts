// Every rule about imports is tried on a snippet that breaks it: a rule that finds nothing in the project
// is then known to look.
import { describe, expect, it } from 'vitest';
import {
  benchProblems,
  cycleProblems,
  directionProblems,
  lazyProblems,
  packageProblems,
  reexportProblems,
} from './import-rules.ts';
import { parseSource, type SourceFile } from './source-file.ts';

const snippet = (path: string, text: string): readonly SourceFile[] => [parseSource(path, text)];

describe('directionProblems()', () => {
  it.each([
    [
      'src/base/x.ts',
      "import { median } from '../stats/quantile.ts';",
      'src/base/x.ts:1: src/base must not import from src/stats',
    ],
    [
      'src/report/x.ts',
      "import { planCases } from '../suite/plan.ts';",
      'may import types only from src/suite',
    ],
    [
      'src/report/x.ts',
      "import { type Case } from '../suite/case-id.ts';",
      'may import types only from src/suite',
    ],
    ['src/vulkan/x.ts', "export { x } from '../suite/plan.ts';", 'src/vulkan must not import from src/suite'],
    [
      'src/timing/x.ts',
      "const x = await import('../vulkan/index.ts');",
      'src/timing must not import from src/vulkan',
    ],
    [
      'src/stats/x.ts',
      "type X = import('../report/report.ts').Report;",
      'src/stats must not import from src/report',
    ],
    [
      'src/vulkan/registry/x.ts',
      "import '../../suite/plan.ts';",
      'src/vulkan must not import from src/suite',
    ],
    ['src/index.ts', "export { x } from './commands/run.ts';", 'the public surface must not load commands'],
    ['src/novel/x.ts', "import '../base/units.ts';", 'src/novel has no place in the table'],
  ])('finds that %s must not contain %s', (path, text, problem) => {
    expect(directionProblems(snippet(path, text)).join()).toContain(problem);
  });

  it.each([
    ['src/report/x.ts', "import type { Case } from '../suite/case-id.ts';"],
    ['src/base/x.ts', "// import { x } from '../suite/plan.ts';"],
    ['src/base/x.ts', 'const text = "import \'../suite/plan.ts\'";'],
    ['src/suite/x.ts', "import { x } from './plan.ts'; import y from '../vulkan/z.ts';"],
    ['src/cli.ts', "import { x } from './commands/run.ts';"],
  ])('allows %s to contain %s', (path, text) => {
    expect(directionProblems(snippet(path, text))).toEqual([]);
  });
});

describe('cycleProblems()', () => {
  it('finds a cycle over several files, of types too', () => {
    const cycle = [
      parseSource('src/a/a.ts', "import { b } from './b.ts';"),
      parseSource('src/a/b.ts', "import type { C } from '../c/c.ts';"),
      parseSource('src/c/c.ts', "export * from '../a/a.ts';"),
    ];
    expect(cycleProblems(cycle)).toEqual(['import cycle: src/a/a.ts → src/a/b.ts → src/c/c.ts → src/a/a.ts']);
    expect(cycleProblems(cycle.slice(0, 2))).toEqual([]);
  });
});

describe('packageProblems()', () => {
  it.each([
    ["import koffi from 'koffi';", 'koffi'],
    ["export * from 'koffi';", 'koffi'],
    ["const koffi = createRequire(import.meta.url)('koffi');", 'koffi'],
    ["const nvk = require('nvk/generated/index.js');", 'nvk'],
    ["const nvk = await import('nvk');", 'nvk'],
    ['const nvk = createRequire(import.meta.url)(`nvk/generated/$' + '{version}/index.js`);', 'nvk'],
    ['const path = `nvk/generated/$' + '{version}/index.js`;\nrequire(path);', 'nvk'],
  ])('finds what loads a package in %s', (text, name) => {
    const problems = packageProblems(snippet('src/suite/x.ts', text), name, () => false);
    expect(problems).toEqual([`src/suite/x.ts:1: must not load ${name}`]);
    expect(packageProblems(snippet('src/suite/x.ts', text), name, () => true)).toEqual([]);
  });

  it('has nothing against types and other packages', () => {
    const types = snippet(
      'src/x/x.ts',
      "import type { z } from 'zod'; type K = typeof import('zod'); import 'zodiac';",
    );
    expect(packageProblems(types, 'zod', () => false)).toEqual([]);
  });
});

describe('lazyProblems()', () => {
  it('finds a lazy module that is loaded at once', () => {
    const lazy = ['src/report/parse-report.ts'];
    const of = (text: string): readonly string[] => lazyProblems(snippet('src/commands/x.ts', text), lazy);
    expect(of("import { parseReport } from '../report/parse-report.ts';")).toHaveLength(1);
    expect(of("export * from '../report/parse-report.ts';")).toHaveLength(1);
    expect(of("const { parseReport } = await import('../report/parse-report.ts');")).toEqual([]);
    expect(of("import type { X } from '../report/parse-report.ts';")).toEqual([]);
  });
});

describe('benchProblems()', () => {
  it('finds a definition that imports a source', () => {
    expect(benchProblems(snippet('bench/x.ts', "import { x } from '../src/index.ts';"))).toEqual([
      'bench/x.ts:1: imports ../src/index.ts and not only guestmark and node:',
    ]);
    expect(benchProblems(snippet('bench/x.ts', "import 'guestmark'; import 'node:fs';"))).toEqual([]);
  });
});

describe('reexportProblems()', () => {
  it.each(['export const x = 1;', "import './x.ts';", 'start();', "export { x } from './x.ts'; start();"])(
    'finds an index file that does more: %s',
    (text) => {
      expect(reexportProblems(snippet('src/index.ts', text))).toEqual([
        'src/index.ts: does more than re-export',
      ]);
    },
  );

  it('allows names and types that are passed on', () => {
    expect(
      reexportProblems(snippet('src/index.ts', "export { x } from './x.ts'; export type * from './y.ts';")),
    ).toEqual([]);
  });
});
