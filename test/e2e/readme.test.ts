// The examples of the README are run, as written.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleReport } from '../report/sample-report.ts';
import { glslang } from '../shader/glslang.ts';
import { guestmark, start, temporaryFolder } from './guestmark.ts';

const README = readFileSync('README.md', 'utf8');
const blocks = (language: string): readonly string[] =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text]) => text as string,
  );

// Modules find the package `guestmark` by being inside of it.
mkdirSync('dist', { recursive: true });
const folder = mkdtempSync(join('dist', 'readme-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** The words of a command line, with the quoting that the README uses. */
const words = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => (quoted ?? plain) as string);

/** Reports that the examples name, by the day on which they were made. */
const REPORTS = [
  [1, 'bare/1.json'],
  [2, 'guest/1.json'],
  [3, 'reports/3.json'],
  [4, 'reports/4.json'],
  [5, 'report.json'],
  [6, 'run.json'],
] as const;

const hasLayer = !(process.env.GUESTMARK_MISSING_TEST_TOOLS ?? '').includes('validation-layer');
if (!hasLayer) console.warn('Examples with --validate are not run: the layer is not to be had here');

describe('README.md', () => {
  const commands = blocks('sh')
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => line.replace(/\s+#.*$/, ''));

  it('has commands, a shader, a module and a program', () => {
    expect([commands.length, blocks('glsl').length, blocks('js').length]).toEqual([29, 1, 2]);
  });

  // The commands are run where the shader is, one after the other: init writes what the next ones read.
  write('saxpy.comp', blocks('glsl')[0] as string);
  copyFileSync('README.md', join(folder, 'README.md'));
  for (const [day, place] of REPORTS) {
    mkdirSync(join(folder, dirname(place)), { recursive: true });
    write(place, JSON.stringify(sampleReport({ startedAt: `2026-01-0${day}T03:04:05.000Z` })));
  }

  it.skipIf(glslang === undefined).each(commands)(
    '%s',
    async (line) => {
      using out = temporaryFolder();
      const [program, verb, ...rest] = words(line);
      expect(program).toBe('guestmark');
      // As written, but short.
      const once = rest.includes('--runs') ? [] : ['--runs', '1'];
      const limits = ['--min-time', '1ms', '--max-time', '20ms', '--out', join(out.path, 'r.json')];
      const short = verb === 'run' ? [...once, ...limits] : [];
      // The whole quick suite is run by run.test.ts.
      const some = verb === 'run' && rest.length === 0 ? ['copy', 'submit-dispatch'] : [];
      const all = [verb as string, ...rest, ...some, ...short];
      const { code, stdout, stderr } = await start(all, {}, folder).finished;
      // The two that watch something else say so beside their results.
      const quiet = verb !== 'time' && verb !== 'stalls';
      expect({ code, stderr: quiet ? stderr : '' }).toEqual({ code: 0, stderr: '' });
      expect(quiet ? stdout : stdout + stderr).not.toBe('');
    },
    180_000,
  );

  it('shows a benchmark module that runs', async () => {
    using out = temporaryFolder();
    const module = write('double.mjs', blocks('js')[0] as string);
    const { code, stdout } = await guestmark([
      'run',
      'double',
      '--module',
      module,
      '--max-time',
      '20ms',
      '--out',
      join(out.path, 'r.json'),
    ]);
    expect({ code, verified: stdout.includes('✓') }).toEqual({ code: 0, verified: true });
  });

  it('shows a program that uses the clocks', () => {
    const program = write('measure.mjs', blocks('js')[1] as string);
    expect(execFileSync(process.execPath, [program], { encoding: 'utf8' })).toMatch(/wallNs: \d+/);
  });

  it('documents every exit code of the command line', async () => {
    const { EXIT } = await import('../../src/commands/exit-codes.ts');
    const { internal: _, ...documented } = EXIT;
    for (const code of Object.values(documented)) expect(README).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
  });
});
