// The rules by which the sources are laid out, enforced. Each rule is tried on the project and on a snippet
// that breaks it, so that a rule that finds nothing is known to look.
import { describe, expect, it } from 'vitest';
import {
  benchProblems,
  cycleProblems,
  directionProblems,
  lazyProblems,
  packageProblems,
  reexportProblems,
} from './structure/import-rules.ts';
import { filesBelow, parseFiles, ROOT, readFiles } from './structure/project-files.ts';
import { parseSource, type SourceFile } from './structure/source-file.ts';
import {
  fileLengthProblems,
  functionLengthProblems,
  headerProblems,
  machinePathProblems,
  mirrorProblems,
  nameProblems,
  printingProblems,
  unfinishedProblems,
} from './structure/text-rules.ts';

const SOURCE_PATHS = filesBelow('src', '.ts');
const TEST_PATHS = filesBelow('test', '.ts');
const SOURCES = parseFiles(SOURCE_PATHS);
const BENCH = parseFiles(filesBelow('bench', '.ts'));
const TEXTS = readFiles([
  ...SOURCE_PATHS,
  ...TEST_PATHS,
  ...filesBelow('bench', '.ts'),
  ...filesBelow('shaders', '.comp'),
  ...filesBelow('docs', '.md'),
]);

const snippet = (path: string, text: string): readonly SourceFile[] => [parseSource(path, text)];

describe('import directions', () => {
  it('go downwards in the table of folders', () => {
    expect(directionProblems(SOURCES)).toEqual([]);
  });

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
    ['src/index.ts', "export { x } from './commands/run.ts';", 'the public surface must not load commands'],
    ['src/novel/x.ts', "import '../base/units.ts';", 'src/novel has no place in the table'],
  ])('are broken by %s with %s', (path, text, problem) => {
    expect(directionProblems(snippet(path, text)).join()).toContain(problem);
  });

  it('allow types of the suite in a report, and whatever a comment says', () => {
    expect(
      directionProblems(snippet('src/report/x.ts', "import type { Case } from '../suite/case-id.ts';")),
    ).toEqual([]);
    expect(directionProblems(snippet('src/base/x.ts', "// import { x } from '../suite/plan.ts';"))).toEqual(
      [],
    );
  });
});

describe('import cycles', () => {
  it('do not exist', () => {
    expect(cycleProblems(SOURCES)).toEqual([]);
  });

  it('are found over several files', () => {
    const cycle = [
      parseSource('src/a/a.ts', "import { b } from './b.ts';"),
      parseSource('src/a/b.ts', "import type { C } from '../c/c.ts';"),
      parseSource('src/c/c.ts', "export * from '../a/a.ts';"),
    ];
    expect(cycleProblems(cycle)).toEqual(['import cycle: src/a/a.ts → src/a/b.ts → src/c/c.ts → src/a/a.ts']);
  });
});

describe('packages', () => {
  const mayLoadKoffi = (path: string): boolean =>
    path.startsWith('src/vulkan/') || path === 'src/timing/libc.ts';
  const mayLoadNvk = (path: string): boolean => path === 'src/vulkan/nvk-module.ts';
  const readsReports = [
    'src/report/schema.ts',
    'src/report/schema-case.ts',
    'src/report/schema-device.ts',
    'src/report/schema-parts.ts',
    'src/report/parse-report.ts',
  ];

  it('koffi is loaded in src/vulkan and in src/timing/libc.ts only', () => {
    expect(packageProblems(SOURCES, 'koffi', mayLoadKoffi)).toEqual([]);
  });

  it('nvk is loaded by src/vulkan/nvk-module.ts only', () => {
    expect(packageProblems(SOURCES, 'nvk', mayLoadNvk)).toEqual([]);
  });

  it('zod is loaded by the schema of reports only, which is loaded by import() only', () => {
    expect(packageProblems(SOURCES, 'zod', (path) => readsReports.includes(path))).toEqual([]);
    expect(lazyProblems(SOURCES, readsReports)).toEqual([]);
  });

  it.each([
    ["import koffi from 'koffi';", 'koffi'],
    ["const koffi = createRequire(import.meta.url)('koffi');", 'koffi'],
    ["const nvk = require('nvk/generated/index.js');", 'nvk'],
    ["const nvk = await import('nvk');", 'nvk'],
  ])('are found in %s', (text, name) => {
    expect(packageProblems(snippet('src/suite/x.ts', text), name, mayLoadKoffi)).toEqual([
      `src/suite/x.ts:1: must not load ${name}`,
    ]);
  });

  it('are not loaded by a type', () => {
    expect(
      packageProblems(
        snippet('src/suite/x.ts', "import type { z } from 'zod'; type K = typeof import('koffi');"),
        'zod',
        () => false,
      ),
    ).toEqual([]);
  });

  it('are found where a lazy module is loaded at once', () => {
    const eager = snippet('src/commands/x.ts', "import { parseReport } from '../report/parse-report.ts';");
    const lazy = snippet(
      'src/commands/x.ts',
      "const { parseReport } = await import('../report/parse-report.ts');",
    );
    expect(lazyProblems(eager, readsReports)).toHaveLength(1);
    expect(lazyProblems(lazy, readsReports)).toEqual([]);
  });
});

describe('benchmark definitions', () => {
  it('import the package by its name, as users do', () => {
    expect(benchProblems(BENCH)).toEqual([]);
  });

  it('are caught importing a source', () => {
    expect(benchProblems(snippet('bench/x.ts', "import { x } from '../src/index.ts';"))).toEqual([
      'bench/x.ts:1: imports ../src/index.ts and not only guestmark and node:',
    ]);
  });
});

describe('index files', () => {
  it('re-export and do nothing else', () => {
    expect(reexportProblems(SOURCES.filter(({ path }) => path.endsWith('/index.ts')))).toEqual([]);
  });

  it.each([
    'export const x = 1;',
    "import './x.ts';",
    'console.log();',
    "export { x } from './x.ts'; start();",
  ])('are caught at %s', (text) => {
    expect(reexportProblems(snippet('src/index.ts', text))).toEqual([
      'src/index.ts: does more than re-export',
    ]);
  });
});

describe('printing and exiting', () => {
  const below = (files: readonly SourceFile[]): readonly SourceFile[] =>
    files.filter(({ path }) => path !== 'src/cli.ts' && !path.startsWith('src/commands/'));
  // A measuring process ends when its parent is gone.
  const mayExit = (path: string): boolean =>
    path === 'src/child.ts' || path === 'src/isolation/child-channel.ts';

  it('are left to src/commands and src/cli.ts', () => {
    expect(printingProblems(below(SOURCES), mayExit)).toEqual([]);
  });

  it.each([
    'console.log(1)',
    'console.error(1)',
    "process.stdout.write('x')",
    "process['stderr'].write('x')",
    'process.exit(1)',
    'process.exitCode = 1',
  ])('are found in %s', (text) => {
    expect(printingProblems(snippet('src/suite/x.ts', text), mayExit)[0]).toMatch(
      /^src\/suite\/x\.ts:1: uses (console|process)\./,
    );
  });
});

describe('opening comments', () => {
  it('say in every source why it exists', () => {
    expect(headerProblems([...SOURCES, ...BENCH])).toEqual([]);
  });

  it.each([
    'import x from "y";',
    '// Short.\nexport {};',
    '\n// A comment that comes too late, after an empty line, however\n// long it is.',
  ])('are missed in %j', (text) => {
    expect(headerProblems([{ path: 'src/x.ts', text }])).toHaveLength(1);
  });
});

describe('lengths', () => {
  it('of files stay within 300 lines', () => {
    expect(fileLengthProblems([...SOURCES, ...BENCH, ...readFiles(TEST_PATHS)])).toEqual([]);
    expect(fileLengthProblems([{ path: 'src/x.ts', text: 'x\n'.repeat(301) }])).toEqual([
      'src/x.ts: 301 lines, more than 300',
    ]);
    expect(
      fileLengthProblems([{ path: 'src/x.ts', text: `// Generated by a tool.\n${'x\n'.repeat(301)}` }]),
    ).toEqual([]);
  });

  it('of functions stay within 60 lines', () => {
    expect(functionLengthProblems([...SOURCES, ...BENCH])).toEqual([]);
    const body = '  x();\n'.repeat(59);
    expect(functionLengthProblems(snippet('src/x.ts', `function fits() {\n${body.slice(7)}}`))).toEqual([]);
    expect(functionLengthProblems(snippet('src/x.ts', `\nconst long = () => {\n${body}};`))).toEqual([
      'src/x.ts:2: long has 61 lines, more than 60',
    ]);
    expect(
      functionLengthProblems(snippet('src/x.ts', `class X {\n  method() {\n${body}  }\n}`))[0],
    ).toContain('method has 61 lines');
  });
});

describe('file names', () => {
  it('say what the file is about', () => {
    expect(nameProblems([...SOURCE_PATHS, ...TEST_PATHS])).toEqual([]);
  });

  it.each(['src/utils.ts', 'src/helpers/x.ts', 'test/a/common.ts', 'src/device-manager.ts'])(
    'are caught at %s',
    (path) => {
      expect(nameProblems([path])).toHaveLength(1);
    },
  );
});

describe('texts', () => {
  it('hold no note of unfinished work', () => {
    expect(unfinishedProblems(TEXTS)).toEqual([]);
    expect(unfinishedProblems([{ path: 'src/x.ts', text: `fine\n// ${'TO'}${'DO'}: later` }])).toEqual([
      'src/x.ts:2: unfinished work',
    ]);
  });

  it('hold no path of the machine that they were written on', () => {
    expect(machinePathProblems(TEXTS, ROOT)).toEqual([]);
    const own = `read('${ROOT}src')`;
    const foreign = `read('${['', 'root', 'x'].join('/')}')`;
    expect(
      machinePathProblems(
        [
          { path: 'a.ts', text: own },
          { path: 'b.ts', text: foreign },
        ],
        ROOT,
      ),
    ).toHaveLength(2);
  });
});

describe('tests', () => {
  /** Tests of more, or of other things, than one source. */
  const EXCEPTIONS: Readonly<Record<string, string>> = {
    'test/setup/bootstrap.test.ts': 'its source is bootstrap.mjs in the root',
    'test/structure.test.ts': 'this one',
    'test/timing/ledger.ground-truth.test.ts': 'the whole ledger against a known truth',
    'test/vulkan/process-killers.test.ts': 'calls that end the process, across the bindings',
  };
  const mirrored = TEST_PATHS.filter(
    (path) => path.endsWith('.test.ts') && !/^test\/(contract|fixtures|structure|e2e)\//.test(path),
  );

  it('lie where their source lies and are called like it', () => {
    expect(mirrorProblems(mirrored, SOURCE_PATHS, EXCEPTIONS)).toEqual([]);
  });

  it('are caught without a source, and so is an exception without a test', () => {
    expect(mirrorProblems(['test/a/b.test.ts', 'test/a/b.slow.test.ts'], ['src/a/b.ts'], {})).toEqual([]);
    expect(mirrorProblems(['test/a/x.test.ts'], ['src/a/b.ts'], {})).toEqual([
      'test/a/x.test.ts: there is no source of that name',
    ]);
    expect(mirrorProblems([], [], { 'test/old.test.ts': 'once' })).toEqual([
      'test/old.test.ts: an exception for a test that is not there',
    ]);
  });
});
