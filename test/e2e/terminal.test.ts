// Progress on a terminal, silence in a pipe, colour by the common conventions. A pseudo-terminal comes
// from script(1), which every Debian has.
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childOf, guestmark, start, temporaryFolder, until } from './guestmark.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.warn('Terminals are not tested: script(1) is missing');

const ESCAPE = String.fromCharCode(27);
const CLEAR = `\r${ESCAPE}[K`;

const RUN = [
  'run',
  'fill[bytes=64Ki]',
  '--device',
  'llvmpipe',
  '--runs',
  '1',
  '--min-time',
  '600ms',
  '--max-time',
  '600ms',
];

function onTerminal(args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  const command = [process.execPath, join(process.cwd(), 'dist/cli.js'), ...args]
    .map((word) => `'${word}'`)
    .join(' ');
  return execFileSync('script', ['-qec', command, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '', FORCE_COLOR: '0', ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe.skipIf(!hasScript)('guestmark run on a terminal', () => {
  it('shows where it is on one line, and clears it', () => {
    using folder = temporaryFolder();
    const screen = onTerminal([...RUN, '--out', join(folder.path, 'r.json')]);
    expect(screen).toMatch(
      new RegExp(
        `${CLEAR.replace('[', '\\[')}run 1/1, case 1/1: fill\\[bytes=64Ki\\] sampling \\(\\d+ samples\\)`,
      ),
    );
    expect(screen.lastIndexOf(CLEAR)).toBeLessThan(screen.indexOf('SOFTWARE DEVICE'));
  });

  it('colours when asked, and not under NO_COLOR', () => {
    using folder = temporaryFolder();
    const out = ['--out', join(folder.path, 'r.json')];
    const colour = new RegExp(`${ESCAPE}\\[\\d+m`);
    expect(onTerminal([...RUN, ...out], { FORCE_COLOR: '1' })).toMatch(colour);
    expect(onTerminal([...RUN, ...out], { NO_COLOR: '1' })).not.toMatch(colour);
  });
});

function toFile(path: string, args: readonly string[]): { status: number | null; stderr: string } {
  const file = openSync(path, 'w');
  try {
    const stdio = ['ignore', file, 'pipe'] as const;
    return spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8', stdio: [...stdio] });
  } finally {
    closeSync(file);
  }
}

describe('guestmark in a pipe', () => {
  it('prints results only', async () => {
    using folder = temporaryFolder();
    const { stdout, stderr } = await guestmark([...RUN, '--out', join(folder.path, 'r.json')]);
    expect(stderr).toBe('');
    expect(stdout).not.toContain(ESCAPE);
  });

  it.each([
    [],
    ...[
      'run',
      'check',
      'init',
      'compare',
      'report',
      'history',
      'tenants',
      'export',
      'time',
      'clocks',
      'stalls',
      'time-server',
      'devices',
      'system',
      'counters',
      'list',
      'setup',
    ].map((verb) => [verb]),
  ])('explains itself with examples in 80 columns (%s --help)', async (...verb) => {
    const { code, stdout } = await guestmark([...verb, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('lists benchmarks and cases without a device', async () => {
    const { code, stdout } = await guestmark(['list', '--json', '--suite', 'standard'], {
      GUESTMARK_VULKAN_LIBRARY: '/nonexistent',
    });
    expect(code).toBe(0);
    const { benchmarks, cases } = JSON.parse(stdout) as { benchmarks: { name: string }[]; cases: string[] };
    expect(benchmarks.map(({ name }) => name)).toContain('copy');
    expect(cases.some((id) => id.startsWith('copy[n=32Mi'))).toBe(true);
  });

  it('says that a suite does not have every benchmark', async () => {
    expect((await guestmark(['list'])).stdout).toMatch(/\n\d+ more benchmarks are not in the suite quick/);
    expect((await guestmark(['list', '*'])).stdout).not.toContain('not in the suite');
  });

  it('explains the benchmark that is named, and lists those that a pattern selects', async () => {
    const explained = (await guestmark(['list', 'copy'])).stdout;
    for (const part of [
      'category',
      'how',
      'what limits it',
      'verified',
      'sources',
      'STREAM',
      'x: 16Mi × f32',
    ])
      expect(explained).toContain(part);
    expect((await guestmark(['list', 'cop?'])).stdout).toMatch(/^benchmark +suite +cases/);
    expect((await guestmark(['list', 'copy', 'triad'])).stdout).toMatch(/^benchmark +suite +cases/);
  });

  it('says that standard output is full, and exits with 4', () => {
    const { status, stderr } = toFile('/dev/full', ['list']);
    expect({ status, stderr }).toEqual({
      status: 4,
      stderr: expect.stringMatching(/^guestmark: Cannot write to standard output: .*no space left.*\n$/i),
    });
  });

  it('ends without a word when its reader has seen enough', () => {
    const command = `"${process.execPath}" dist/cli.js list --cases --suite standard | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it('dies of Ctrl-C at once where nothing is measured', async () => {
    using folder = temporaryFolder();
    // A loader that is never found to be one: opening a pipe that nobody writes to waits for ever.
    const pipe = join(folder.path, 'libvulkan.so.1');
    execFileSync('mkfifo', [pipe]);
    const { child, finished } = start(['devices'], { GUESTMARK_VULKAN_LIBRARY: pipe });
    await until(() => childOf(child.pid) !== null);
    child.kill('SIGINT');
    expect(await finished).toMatchObject({ signal: 'SIGINT', stderr: '' });
  });

  it('exits with what was measured, also when nobody reads it to the end', () => {
    using folder = temporaryFolder();
    const wrong = 'run wrong --module test/fixtures/modules/broken.mjs --device llvmpipe --runs 1';
    const command = `"${process.execPath}" dist/cli.js ${wrong} --json --out ${join(folder.path, 'r.json')} | true; echo "\${PIPESTATUS[0]}"`;
    expect(spawnSync('bash', ['-c', command], { encoding: 'utf8' }).stdout).toBe('1\n');
  });

  it.each([
    ['hangs.mjs', (child: ChildProcess) => child.kill('SIGINT'), { signal: 'SIGINT' }],
    ['never-settles.mjs', () => undefined, { code: 2, stderr: expect.stringContaining('never ends') }],
  ])('can be ended while it loads a module that never ends (%s)', async (module, act, end) => {
    using folder = temporaryFolder();
    const path = `test/fixtures/modules/${module}`;
    const { child, finished } = start(['run', '--module', path, '--out', join(folder.path, 'r.json')]);
    // Long enough for Node to have started; the module is loaded for ever.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    act(child);
    expect(await finished).toMatchObject(end);
  });

  it('joins the values of an axis that is given twice', async () => {
    const { stdout } = await guestmark(['list', 'triad', '--axis', 'n=4Mi', '--axis', 'n=8Mi', '--cases']);
    expect(stdout).toBe('triad[n=4Mi,width=4,WORKGROUP_SIZE=256]\ntriad[n=8Mi,width=4,WORKGROUP_SIZE=256]\n');
  });

  it('lists devices as JSON', async () => {
    const { code, stdout } = await guestmark(['devices', '--json']);
    expect(code).toBe(0);
    const { devices } = JSON.parse(stdout) as { devices: { name: string }[] };
    expect(devices.some(({ name }) => name.includes('llvmpipe'))).toBe(true);
  });
});
