import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/guestmark.ts';

// The real test/nodes.mjs and vitest, around tests and packages small enough for a moment.
const folder = temporaryFolder();
const project = join(folder.path, 'project');
const cache = join(folder.path, 'cache');
afterAll(() => folder[Symbol.dispose]());

const [own] = process.versions.node.split('.');
const other = own === '24' ? '20' : '24';

const PROGRAM = `
import { spawn } from 'node:child_process';
import { bringNode, OTHER, splitArguments, testUnderNodes } from ${JSON.stringify(join(process.cwd(), 'test/nodes.mjs'))};
const run = (file, args, options = {}) => new Promise((resolve) => {
  spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options }).on('exit', resolve);
});
const lent = {
  run,
  say: (line) => console.log(line),
  npm: (...args) => [process.execPath, ['npm.mjs', ...args]],
  tool: () => [process.execPath, [${JSON.stringify(join(process.cwd(), 'node_modules/vitest/vitest.mjs'))}]],
  env: process.env,
};
const [job, ...args] = process.argv.slice(2);
try {
  if (job === 'bring') console.log(await bringNode(...args, lent));
  else if (job === 'other') console.log(OTHER);
  else {
    const { majors, rest } = splitArguments(args);
    process.exitCode = await testUnderNodes(majors, rest, lent);
  }
} catch (error) {
  console.log(error.message);
  process.exitCode = 3;
}
`;

/** Stands for npm: packs a program of the wanted name that is not the wanted one. */
const NPM = `
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
const folder = process.argv[process.argv.indexOf('--pack-destination') + 1];
mkdirSync('package/bin', { recursive: true });
writeFileSync('package/bin/node', '#!/bin/sh\\n');
execFileSync('tar', ['czf', folder + '/node.tgz', 'package']);
`;

beforeAll(() => {
  mkdirSync(join(project, 'test'), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
  const write = (name: string, text: string): void => writeFileSync(join(project, name), text);
  write('program.mjs', PROGRAM);
  write('npm.mjs', NPM);
  write('vitest.config.mjs', 'export default {};\n');
  const test = (assertion: string): string =>
    `import { expect, it } from 'vitest';\nit('is', () => ${assertion});\n`;
  write('test/good.test.mjs', test(`expect(process.versions.node).toBe('${process.versions.node}')`));
  write('test/bad.test.mjs', test('expect(1).toBe(2)'));
});

function program(...args: readonly string[]) {
  const env = { ...process.env, GUESTMARK_CACHE: cache };
  const { status, stdout } = spawnSync(process.execPath, ['program.mjs', ...args], {
    cwd: project,
    env,
    encoding: 'utf8',
  });
  return { status, lines: stdout.trimEnd().split('\n') };
}

it('runs the tests and prints what came of them, and fails when one fails', () => {
  const good = program('test', own as string, 'test/good.test.mjs');
  expect(good).toEqual({
    status: 0,
    lines: [
      `Tests under Node ${process.versions.node}: vitest run test/good.test.mjs`,
      expect.stringMatching(/^Node +passed +failed +skipped +time$/),
      expect.stringMatching(new RegExp(`^${process.versions.node} +1 +0 +0 +\\d+ s +ok$`)),
    ],
  });
  const both = program('test', own as string);
  expect(both.status).toBe(1);
  expect(both.lines.at(-1)).toMatch(/ 1 +1 +0 +\d+ s +failed \(exit 1\)$/);
  expect(readdirSync(cache)).toEqual([]);
});

it('names a version that is not the one which runs it', () => {
  expect(program('other').lines).toEqual([other]);
});

it('uses no program whose hash is not the recorded one, and keeps nothing of it', () => {
  const { status, lines } = program('bring', other);
  expect(status).toBe(3);
  expect(lines).toEqual([
    expect.stringMatching(/^Bringing Node \d+\.\d+\.\d+$/),
    expect.stringMatching(/^Cannot use Node \d+\.\d+\.\d+: its package has another hash$/),
  ]);
  expect(readdirSync(cache)).toEqual([]);
});

it('refuses a version that is not supported', () => {
  // Not the name of a test, of which vitest would find none under each Node in turn.
  expect(program('test', 'v20').lines).toEqual(['Cannot test under Node v20: known are 20, 22, 24']);
  expect(program('test', '18')).toEqual({
    status: 3,
    lines: ['Cannot test under Node 18: known are 20, 22, 24'],
  });
});
