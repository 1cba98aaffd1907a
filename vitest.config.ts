import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string): string => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

/**
 * Tests that measure nothing: two at a time, in processes that keep what they loaded, which halves their time. All others have the
 * machine and a process to themselves, one after the other.
 */
const LOGIC = [
  'base',
  'compare',
  'definition',
  'evidence',
  'export',
  'history',
  'page',
  'report',
  'shader',
  'stats',
  'structure',
  'suite',
  'virt',
].map((folder) => `test/${folder}/**/*.test.ts`);

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
    projects: [
      {
        extends: true,
        test: { name: 'logic', include: LOGIC, maxWorkers: 2, isolate: false, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'machine',
          include: ['test/**/*.test.ts'],
          exclude: LOGIC,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
