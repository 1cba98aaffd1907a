import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const source = (file: string): string => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

/** Paths of tests below `test/`, without their ending. */
const tests = (folder: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `test/${folder}/${name}.test.ts`);

/**
 * Tests that assert a duration, count what their own process does, or move its threads: one at a time, each with the
 * machine and a process to itself.
 */
const MACHINE = [
  ...tests('bench/host', '*'),
  ...tests(
    'counters',
    'interrupts',
    'kernel-events',
    'known-work',
    'perf-hardware',
    'perf-software',
    'process-event',
    'process-usage',
    'watch-counters',
  ),
  ...tests('e2e', 'clocks', 'completion', 'stalls', 'time', 'time-server'),
  ...tests('external', 'bracket', 'time-client', 'time-server'),
  ...tests('guest', '*'),
  ...tests('isolation', 'stall-sidecar', 'take-counters'),
  ...tests('program', 'own-ledger', 'program-steal', 'run-program', 'thread-account', 'wait-program'),
  ...tests('timing', '*.ground-truth', 'affinity', 'calibrate-snapshot', 'clock-*', 'count-case-steal'),
  ...tests('timing', 'counted-loop', 'cpu-steal-precise', 'cpuid-loop', 'libc', 'measure', 'measure-source'),
  ...tests('timing', 'null-windows', 'observed-accounting', 'off-cpu-source', 'open-*-clock', 'perf-counter'),
  ...tests(
    'timing',
    'performance-stamp',
    'pinning',
    'ptp-clock',
    'segment.switches',
    'snapshot-{koffi,pure}',
  ),
  ...tests(
    'timing',
    'spin',
    'spin-loop',
    'stall-monitor',
    'switch-ring',
    'thread-*',
    'tsc',
    'worker-ledgers',
  ),
];

/**
 * Tests of the processes that are forked: several at a time, each in a process of its own. With those that measure nothing they are
 * what `npm test` runs under another Node too.
 */
const CHILDREN = [
  ...tests('e2e', 'run', 'system-import', 'timing-import'),
  ...tests('isolation', 'run-cases'),
  ...tests('program', 'spawn-program'),
  ...tests('run', 'run-suite'),
  ...tests('vulkan', 'process-killers'),
];

/** Further tests of whole processes, devices and pages, whose outcome does not depend on how fast they are. */
const PROCESSES = [
  ...tests('bench', 'multiply-add', 'mutants', 'swiftshader', 'verify'),
  ...tests('browser', '*'),
  ...tests('e2e', '*'),
  ...tests('faults', '*'),
  ...tests('security', '*'),
  ...tests('setup', 'bootstrap', 'nodes'),
  ...tests('shader', 'build-kernels'),
  ...tests('vulkan', 'vulkan-device'),
];

/** Tests that are short of nothing but time come first: a group ends when its last test does. */
const LONGEST = [
  ...['faults/soak', 'bench/mutants', 'e2e/readme', 'faults/vulkan-calls', 'faults/device-gone', 'e2e/run'],
  ...['isolation/run-cases', 'faults/objects', 'shader/build-kernels', 'faults/resume', 'faults/disk'],
  ...['bench/verify', 'e2e/shader-mistakes', 'e2e/terminal', 'e2e/custom-shaders', 'e2e/fleet-slurm'],
  ...['e2e/shaders-doc', 'faults/process-limits', 'faults/timestamps', 'faults/signals', 'faults/suspended'],
  ...['faults/no-proc', 'e2e/wrong-input', 'security/pollution', 'faults/hangs', 'e2e/tenants', 'e2e/fleet'],
  ...['security/file-modes', 'faults/killed', 'vulkan/process-killers', 'bench/swiftshader'],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

// The benchmark definitions import the package by its own name, as a user would; in tests that name
// leads to the sources, so that a test never runs against a stale build by accident.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^guestmark$/, replacement: source('index.ts') },
      { find: /^guestmark\/timing$/, replacement: source('timing/index.ts') },
      { find: /^guestmark\/vulkan$/, replacement: source('vulkan/index.ts') },
      { find: /^guestmark\/system$/, replacement: source('virt/index.ts') },
      { find: /^guestmark\/counters$/, replacement: source('counters/index.ts') },
    ],
  },
  test: {
    pool: 'forks',
    globalSetup: 'test/faults/test-run.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    // All that is in neither list measures nothing, and shares processes that keep what they loaded.
    projects: [
      {
        extends: true,
        test: {
          name: 'logic',
          include: ['test/**/*.test.ts'],
          exclude: [...MACHINE, ...CHILDREN, ...PROCESSES],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'children',
          include: CHILDREN,
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: PROCESSES,
          exclude: [...MACHINE, ...CHILDREN],
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'machine', include: MACHINE, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
