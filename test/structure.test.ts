// The rules by which the project is laid out, enforced. Each names the files that break it. That every rule
// can find something is shown in test/structure/.
import { describe, expect, it } from 'vitest';
import { clientProblems } from './structure/client-rules.ts';
import {
  benchProblems,
  cycleProblems,
  directionProblems,
  lazyProblems,
  packageProblems,
  reexportProblems,
} from './structure/import-rules.ts';
import { filesBelow, parseFiles, ROOT, readFiles } from './structure/project-files.ts';
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
const BENCH_PATHS = filesBelow('bench', '.ts');
const TEST_PATHS = filesBelow('test', '.ts');
const SOURCES = parseFiles(SOURCE_PATHS);
const BENCH = parseFiles(BENCH_PATHS);
const TYPESCRIPT = readFiles([...SOURCE_PATHS, ...BENCH_PATHS, ...TEST_PATHS]);
const TEXTS = [
  ...TYPESCRIPT,
  ...readFiles([...filesBelow('shaders', '.comp'), ...filesBelow('docs', '.md')]),
];

/** Reads report files; costs 100 ms to load, because of zod. */
const REPORT_READERS = [
  'src/compare/comparison-schema.ts',
  'src/fleet/fleet-schema.ts',
  'src/fleet/read-fleet.ts',
  'src/history/history-schema.ts',
  'src/merge/fleet-report-schema.ts',
  'src/report/json-schema.ts',
  'src/report/parse-report.ts',
  'src/report/parse-time-report.ts',
  'src/report/schema.ts',
  'src/report/schema-attachment.ts',
  'src/report/schema-case.ts',
  'src/report/schema-check.ts',
  'src/report/schema-clocks.ts',
  'src/report/schema-samples.ts',
  'src/report/schema-counters.ts',
  'src/report/schema-derived.ts',
  'src/report/schema-device-state.ts',
  'src/report/schema-external.ts',
  'src/report/schema-device.ts',
  'src/report/schema-machine.ts',
  'src/report/schema-parts.ts',
  'src/report/schema-source.ts',
  'src/report/schema-system.ts',
  'src/report/schema-time.ts',
  'src/tenants/tenants-schema.ts',
];

/** Read suite files, or write YAML; cost as much to load, because of zod and yaml. */
const SUITE_READERS = [
  'src/definition/suite-file-schema.ts',
  'src/definition/parse-yaml.ts',
  'src/fleet/kubernetes-manifest.ts',
];

/** Call a library of the system or of a vendor, outside Vulkan. */
const KOFFI_CALLERS = [
  'src/timing/libc.ts',
  'src/device-state/nvml-library.ts',
  'src/counters/guest-sdk-library.ts',
];

/** Tests of more, or of other things, than one source. */
const TESTS_WITHOUT_SOURCE = {
  'test/export/hyperfine-import.test.ts': 'from src/export through a file to src/evidence and src/compare',
  'test/report/report-versions.test.ts':
    'every version of the report, by parse-report.ts and the published schema',
  'test/setup/bootstrap.test.ts': 'its source is bootstrap.mjs in the root',
  'test/setup/nodes.test.ts': 'its source is test/nodes.mjs, which runs the tests',
  'test/structure.test.ts': 'this one',
  'test/virt/hostile.test.ts': 'files that lie or cannot be read, across all of src/virt',
  'test/virt/machines.test.ts': 'recorded machines, across all of src/virt',
  'test/timing/blocked.ground-truth.test.ts': 'sleeps and pauses of a known length',
  'test/timing/ledger.ground-truth.test.ts': 'the whole ledger against a known truth',
  'test/vulkan/process-killers.test.ts': 'calls that end the process, across the bindings',
};

describe('imports', () => {
  it('go downwards in the table of folders', () => {
    expect(directionProblems(SOURCES)).toEqual([]);
  });

  it('never lead back to where they started', () => {
    expect(cycleProblems(SOURCES)).toEqual([]);
  });

  it('load koffi in src/vulkan and where a library is called only', () => {
    const mayLoad = (path: string): boolean => path.startsWith('src/vulkan/') || KOFFI_CALLERS.includes(path);
    expect(packageProblems(SOURCES, 'koffi', mayLoad)).toEqual([]);
  });

  it('load nvk in src/vulkan/nvk-module.ts only', () => {
    expect(packageProblems(SOURCES, 'nvk', (path) => path === 'src/vulkan/nvk-module.ts')).toEqual([]);
  });

  it('load zod and yaml for reading files of users only, and what reads them by import() only', () => {
    const readers = [...REPORT_READERS, ...SUITE_READERS];
    expect(packageProblems(SOURCES, 'zod', (path) => readers.includes(path))).toEqual([]);
    expect(packageProblems(SOURCES, 'yaml', (path) => SUITE_READERS.includes(path))).toEqual([]);
    expect(lazyProblems(SOURCES, readers)).toEqual([]);
  });

  it('of benchmark definitions name the package, as those of users do', () => {
    expect(benchProblems(BENCH)).toEqual([]);
  });

  it('are passed on by index files, which do nothing else', () => {
    expect(reexportProblems(SOURCES.filter(({ path }) => path.endsWith('/index.ts')))).toEqual([]);
  });
});

describe('sources', () => {
  it('leave printing and exiting to src/commands and src/cli.ts', () => {
    // A measuring process ends by itself when its parent is gone.
    const mayExit = (path: string): boolean =>
      ['src/child.ts', 'src/isolation/child-channel.ts'].includes(path);
    const below = SOURCES.filter(({ path }) => path !== 'src/cli.ts' && !path.startsWith('src/commands/'));
    expect(printingProblems(below, mayExit)).toEqual([]);
  });

  it('that run in a page load nothing and make no markup, code or style of text', () => {
    const scripts = SOURCES.filter(({ path }) => path.startsWith('src/page/client/'));
    expect(scripts.length).toBeGreaterThan(0);
    expect(clientProblems(scripts)).toEqual([]);
  });

  it('begin with a comment that says why they exist', () => {
    expect(headerProblems([...SOURCES, ...BENCH])).toEqual([]);
  });

  it('have no more than 300 lines, unless a tool wrote them', () => {
    expect(fileLengthProblems(TYPESCRIPT)).toEqual([]);
  });

  it('have no function of more than 60 lines', () => {
    expect(functionLengthProblems([...SOURCES, ...BENCH])).toEqual([]);
  });

  it('have names that say what they are about', () => {
    expect(nameProblems(TYPESCRIPT.map(({ path }) => path))).toEqual([]);
  });

  it('hold no note of unfinished work', () => {
    expect(unfinishedProblems(TEXTS)).toEqual([]);
  });

  it('hold no path of the machine that they were written on', () => {
    expect(machinePathProblems(TEXTS, ROOT)).toEqual([]);
  });
});

describe('tests', () => {
  it('lie where their sources lie and are called like them', () => {
    // test/bench/ tests the benchmarks of bench/ as a whole.
    const elsewhere = /^test\/(bench|browser|contract|faults|fixtures|security|structure|e2e)\//;
    const tests = TEST_PATHS.filter((path) => path.endsWith('.test.ts') && !elsewhere.test(path));
    expect(mirrorProblems(tests, SOURCE_PATHS, TESTS_WITHOUT_SOURCE)).toEqual([]);
  });
});
