// The packed tarball, made from a checkout that was never built, and used elsewhere as an installed
// package is. Its dependencies are this checkout's, so that no network is needed.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { SCHEMA_VERSION } from '../../src/report/report.ts';
import { loadBenchmarks } from '../../src/suite/load.ts';
import { temporaryFolder } from './guestmark.ts';

const PACKED = [
  '.npmrc',
  'package.json',
  'tsconfig.json',
  'src',
  'bench',
  'shaders',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'docs/schemas',
];

const folder = temporaryFolder();
const modules = join(folder.path, 'node_modules');
afterAll(() => folder[Symbol.dispose]());
beforeAll(() => {
  const checkout = join(folder.path, 'checkout');
  for (const name of PACKED) cpSync(name, join(checkout, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(checkout, 'node_modules'));
  // As the README says: .npmrc turns scripts off, so that packing alone builds nothing.
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: checkout });
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder.path], { cwd: checkout });
  const tarball = readdirSync(folder.path).find((name) => name.endsWith('.tgz')) as string;
  mkdirSync(join(modules, 'guestmark'), { recursive: true });
  execFileSync('tar', ['xzf', join(folder.path, tarball), '-C', join(modules, 'guestmark'), '--strip=1']);
  for (const name of readdirSync('node_modules').filter((entry) => !entry.startsWith('.'))) {
    symlinkSync(join(process.cwd(), 'node_modules', name), join(modules, name));
  }
}, 120_000);

const installed = (...args: string[]): string =>
  execFileSync(process.execPath, [join(modules, 'guestmark/dist/cli.js'), ...args], {
    cwd: folder.path,
    encoding: 'utf8',
  });

describe('the packed guestmark', () => {
  it('runs its own benchmarks and those of a module beside it', () => {
    const module = `import { defineBenchmark } from 'guestmark';
      export default defineBenchmark({
        name: 'mine', summary: 'Mine', kind: 'latency', axes: {}, suites: { quick: {} }, buffers: {},
        work: () => [], verify: () => ({ ok: true, checked: 1 }),
      });`;
    writeFileSync(join(folder.path, 'mine.mjs'), module);
    const times = ['--runs', '1', '--min-time', '1ms', '--max-time', '30ms'];
    const output = installed('run', 'submit-dispatch', 'mine', '--module', 'mine.mjs', ...times, '--json');
    const { status, results } = parseReport(output, 'standard output');
    expect({ status, ok: results.map((result) => `${result.id} ${result.status}`).sort() }).toEqual({
      status: 'complete',
      ok: ['mine ok', 'submit-dispatch ok'],
    });
  });

  it('has types of its clocks that a project without those of Node can check', () => {
    const program = `
      import { measure, measureSync } from 'guestmark/timing';
      export const wallNs: number = measureSync(() => 1).wallNs;
      export const stealNs: number | undefined = await measure(async () => 'x').then(({ stealNs }) =>
        stealNs.available ? stealNs.value.highNs : undefined,
      );`;
    writeFileSync(join(folder.path, 'typed.mts'), program);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
    const tsc = join(process.cwd(), 'node_modules/.bin/tsc');
    // It prints what is wrong, and fails then.
    const checked = spawnSync(tsc, [...options, 'typed.mts'], { cwd: folder.path, encoding: 'utf8' });
    expect(checked.stdout).toBe('');
  });

  it('has the schemas of its documents, under names that other programs can import', () => {
    const program = `process.stdout.write(require('guestmark/schemas/report.schema.json').$id)`;
    const options = { cwd: folder.path, encoding: 'utf8' } as const;
    expect(execFileSync(process.execPath, ['--eval', program], options)).toBe(
      `urn:guestmark:report:${SCHEMA_VERSION}`,
    );
  });

  it('has every benchmark and every shader, and nothing of the tests', async () => {
    const { benchmarks } = JSON.parse(installed('list', '--suite', 'full', '--json')) as {
      benchmarks: { name: string }[];
    };
    const here = (await loadBenchmarks()).filter(({ suites }) => suites.full !== undefined);
    expect(benchmarks.map(({ name }) => name)).toEqual(here.map(({ name }) => name));
    const files = readdirSync(join(modules, 'guestmark'), { recursive: true }) as string[];
    expect(files).toContain('shaders/spirv/copy-w4.spv');
    expect(files.filter((file) => /\.test\.|tsbuildinfo|\.map$|generate/.test(file))).toEqual([]);
  });
});
