import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { write } from './fixture-machine.ts';

// A product small enough to build in a moment, around the real bootstrap.mjs, compiler and settings.
const repository = fileURLToPath(new URL('../..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'guestmark-bootstrap-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const CLI = `console.log([process.env.FROM_SETUP, ...process.argv.slice(2)].join(' '));
process.exitCode = 5;\n`;
const SETUP = `import { GuestmarkError } from '../base/errors.ts';
export async function ensureDriver(request: { purpose: string; say: (line: string) => void }): Promise<unknown> {
  if (process.env.NO_DRIVER) throw new GuestmarkError('environment', 'Cannot find a driver', { hint: 'get one' });
  request.say('set up for ' + request.purpose);
  return { environment: { FROM_SETUP: 'added' } };
}\n`;

beforeAll(() => {
  for (const name of ['bootstrap.mjs', 'tsconfig.json', 'package.json', 'package-lock.json']) {
    copyFileSync(join(repository, name), join(project, name));
  }
  write(join(project, 'src/cli.ts'), CLI);
  write(join(project, 'src/setup/index.ts'), SETUP);
  mkdirSync(join(project, 'src/base'));
  copyFileSync(join(repository, 'src/base/errors.ts'), join(project, 'src/base/errors.ts'));
  write(join(project, 'bench/one.ts'), 'export const one: number = 1;\n');
  write(join(project, 'src/page/client/start.ts'), 'document.title;\n');
  for (const name of ['bench/tsconfig.json', 'src/page/client/tsconfig.json']) {
    copyFileSync(join(repository, name), join(project, name));
  }
  mkdirSync(join(project, 'node_modules'));
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name === '.guestmark.json') continue;
    symlinkSync(join(repository, 'node_modules', name), join(project, 'node_modules', name));
  }
  write(join(project, 'npm/npm-cli.js'), "console.error('fake npm', process.argv[2]); process.exit(9);\n");
});

function bootstrap(args: readonly string[], env: NodeJS.ProcessEnv = {}, flags: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, join(project, 'bootstrap.mjs'), ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: join(project, 'npm/npm-cli.js'), ...env },
    },
  );
  return { status, stdout, stderr };
}

describe('bootstrap.mjs', () => {
  it('builds, sets up and starts the quick suite with further arguments, and ends as it ends', () => {
    expect(bootstrap(['start', '--json', 'x.json'])).toEqual({
      status: 5,
      stdout: 'added run --suite quick --json x.json\n',
      stderr: 'set up for run\n',
    });
  });

  it('takes away the output of a source that is gone, and builds what was taken away', () => {
    write(join(project, 'dist/base/gone.js'), '');
    write(join(project, 'dist/bench/gone.d.ts'), '');
    rmSync(join(project, 'dist/base/errors.js'));
    expect(bootstrap(['start']).status).toBe(5);
    expect(existsSync(join(project, 'dist/base/gone.js'))).toBe(false);
    expect(existsSync(join(project, 'dist/bench/gone.d.ts'))).toBe(false);
    expect(existsSync(join(project, 'dist/base/errors.js'))).toBe(true);
    expect(existsSync(join(project, 'dist/bench/one.js'))).toBe(true);
  });

  it('starts nothing when the sources do not compile', () => {
    const path = join(project, 'src/broken.ts');
    write(path, "export const broken: number = 'text';\n");
    const { status, stdout } = bootstrap(['start']);
    rmSync(path);
    expect(status).toBeGreaterThan(0);
    expect(stdout).toContain('broken.ts');
    expect(stdout).not.toContain('added');
  });

  it('says why there is no driver and ends with 3', () => {
    const { status, stderr } = bootstrap(['start'], { NO_DRIVER: '1' });
    expect({ status, stderr }).toEqual({ status: 3, stderr: 'Cannot find a driver; get one\n' });
  });

  it('installs the dependencies when they are not those of the lock file, and stops if that fails', () => {
    rmSync(join(project, 'node_modules/.guestmark.json'));
    const lock = join(project, 'package-lock.json');
    write(lock, '{"packages":{"":{},"node_modules/koffi":{"integrity":"sha512-other"}}}');
    const { status, stderr } = bootstrap(['start']);
    copyFileSync(join(repository, 'package-lock.json'), lock);
    expect({ status, stderr }).toEqual({
      status: 9,
      stderr: 'Installing dependencies (npm ci)\nfake npm ci\n',
    });
  });

  it('refuses a Node that is too old, before anything else', () => {
    const preload = join(project, 'old.cjs');
    write(preload, "Object.defineProperty(process, 'versions', { value: { node: '18.20.8' } });\n");
    const { status, stderr } = bootstrap(['start'], {}, ['--require', preload]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'Cannot run guestmark on Node 18.20.8: it needs Node 20.19 or newer\n',
    });
  });

  it('refuses a word other than start and test', () => {
    expect(bootstrap(['build']).status).toBe(2);
  });
});
