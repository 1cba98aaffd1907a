// What a user sees when something is missing or wrong: one clear message, a documented exit code, and
// nothing measured where it could be known before.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guestmark, temporaryFolder } from './guestmark.ts';

const isRoot = process.getuid?.() === 0;
const NO_DRIVER = {
  VK_DRIVER_FILES: '/nonexistent/icd.json',
  VK_ICD_FILENAMES: '/nonexistent/icd.json',
  GUESTMARK_CACHE: '/nonexistent',
};

/** One line, and it reads "guestmark: Cannot …". */
function expectOneMessage(stderr: string): void {
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^guestmark: Cannot [a-z]/);
}

describe('guestmark without what it needs', () => {
  it('names the loader that is missing, and exits with 3', async () => {
    const { code, stderr } = await guestmark(['devices'], {
      GUESTMARK_VULKAN_LIBRARY: '/nonexistent/libvulkan.so.1',
    });
    expect(code).toBe(3);
    expectOneMessage(stderr);
    expect(stderr).toContain('apt-get install libvulkan1');
  });

  it.each(['devices', 'run'])('says that no driver is installed (%s), and exits with 3', async (verb) => {
    using folder = temporaryFolder();
    const out = verb === 'run' ? ['--out', join(folder.path, 'r.json')] : [];
    const { code, stderr } = await guestmark([verb, ...out], NO_DRIVER);
    expect(code).toBe(3);
    expectOneMessage(stderr);
    expect(stderr).toContain('guestmark setup');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('goes on without libX11 under auto, and says what nvk lacks when nvk is asked for', async () => {
    using folder = temporaryFolder();
    // The dynamic linker takes the first file of that name and fails, as if there were none.
    writeFileSync(join(folder.path, 'libX11.so.6'), '');
    const path = [folder.path, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
    const auto = await guestmark(['devices', '--binding', 'auto'], { LD_LIBRARY_PATH: path });
    expect({ code: auto.code, stderr: auto.stderr }).toEqual({ code: 0, stderr: '' });
    const nvk = await guestmark(['devices', '--binding', 'nvk'], { LD_LIBRARY_PATH: path });
    expect(nvk.code).toBe(3);
    expectOneMessage(nvk.stderr);
    expect(nvk.stderr).toContain('libX11');
  });
});

describe("guestmark with a stranger's file", () => {
  it('shows what is wrong with it, and none of its control characters', async () => {
    using folder = temporaryFolder();
    const suite = join(folder.path, 'suite.json');
    const thresholds = { 'gpu\u001b[2JTime': '<= 5 ms' };
    writeFileSync(suite, JSON.stringify({ shaders: [{ file: 'a.comp', thresholds }] }));
    const { code, stderr } = await guestmark(['check', suite]);
    expect(code).toBe(2);
    expectOneMessage(stderr);
    expect(stderr).toContain('"gpu [2JTime" is no metric');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('guestmark with a wrong command line', () => {
  it.each([
    [['run', 'no-such-benchmark'], "`guestmark list '*'` shows all"],
    [['run', 'copy-d2'], 'near it: copy-d2h, copy-d2d, copy-h2d'],
    [['run', 'copy[n=many]'], 'Cannot read selector "copy[n=many]": "many" is no number'],
    [['run', 'copy[m=1]'], 'no benchmark of that name has such an axis'],
    [['run', '--axis', 'm=1'], 'no selected benchmark has it'],
    [['run', '--axis', 'm'], 'name=value'],
    [['run', '--runs', '0'], 'a number of runs'],
    [['run', '--max-time', '40000min'], 'longer than 24 days'],
    [['run', '--pin', 'x'], 'Cannot read --pin "x": it is not auto, none or the number of a CPU'],
    [['time'], "missing required argument 'command'"],
    [['stalls', '--seconds', '40000min'], 'longer than 24 days'],
    [['run', '--max-time', 'soon'], 'Cannot read --max-time "soon": it is not of the form 500ms'],
    [['run', '--min-time', '2s', '--max-time', '1s'], '--min-time is longer than --max-time'],
    [['run', '--max-time', '2s', '--timeout', '1s'], '--timeout is not longer than --max-time'],
    [['run', '--binding', 'vulkan'], 'auto, nvk, koffi'],
    [['run', '--suite', 'huge'], 'quick, standard'],
    [['rnu'], 'Did you mean run?'],
    [['run', '--device', 'no such device'], 'no device matches'],
    [['run', '--queue-family', '99'], 'families that compute: 0'],
    [['run', '--module', 'no-such-file.mjs'], 'no-such-file.mjs'],
  ])('exits with 2 for %j and says what is wrong', async (args, message) => {
    using folder = temporaryFolder();
    const out = args[0] === 'run' ? ['--out', join(folder.path, 'r.json')] : [];
    const { code, stdout, stderr } = await guestmark([...args, ...out]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expectOneMessage(stderr);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('guestmark run --out', () => {
  it('refuses a folder that does not exist before anything is measured, and exits with 4', async () => {
    const { code, stdout, stderr } = await guestmark(['run', '--out', '/nonexistent/r.json']);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expectOneMessage(stderr);
  });

  it('refuses a folder as the file, and exits with 4', async () => {
    using folder = temporaryFolder();
    const { code, stderr } = await guestmark(['run', '--out', folder.path]);
    expect(code).toBe(4);
    expectOneMessage(stderr);
  });

  it.skipIf(isRoot)('refuses a folder without permission, and exits with 4', async () => {
    using folder = temporaryFolder();
    const locked = join(folder.path, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    const { code, stderr } = await guestmark(['run', '--out', join(locked, 'r.json')]);
    expect(code).toBe(4);
    expectOneMessage(stderr);
  });
  if (isRoot) console.warn('Permissions are not tested: root may write everywhere');

  const canMount = isRoot && canMountTmpfs();
  it.skipIf(!canMount)(
    'refuses a full disk before anything is measured, and keeps a report that a disk has no room for',
    async () => {
      using folder = temporaryFolder();
      const disk = join(folder.path, 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
      try {
        await expectFullLater(disk, folder.path);
        execFileSync('sh', ['-c', `cat /dev/zero > ${join(disk, 'filler')} 2>/dev/null || true`]);
        const { code, stdout, stderr } = await guestmark(['run', '--out', join(disk, 'full.json')]);
        expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
        expectOneMessage(stderr);
        expect(stderr).toContain('no space left');
      } finally {
        execFileSync('umount', [disk]);
      }
    },
  );
  if (!canMount) console.warn('A full disk is not tested: only root may mount a small one');
});

/** The disk takes the beginning of a report, but not all of it. */
async function expectFullLater(disk: string, refuge: string): Promise<void> {
  const args = [
    'run',
    'empty-submit',
    '--device',
    'llvmpipe',
    '--runs',
    '2',
    '--min-time',
    '50ms',
    '--out',
    join(disk, 'r.json'),
  ];
  const { code, stdout, stderr } = await guestmark(args, { TMPDIR: refuge });
  expect(code).toBe(4);
  expect(stderr).toContain('no space left');
  expect(stdout).toContain('empty-submit');
  // In a new folder, where nobody can have put a link.
  const place = readdirSync(refuge).find((name) => name.startsWith('guestmark-'));
  expect(existsSync(join(refuge, place as string, 'r.json'))).toBe(true);
  expect(readdirSync(disk).filter((name) => name.includes('tmp'))).toEqual([]);
}

function canMountTmpfs(): boolean {
  using folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder.path], { stdio: 'ignore' });
    execFileSync('umount', [folder.path]);
    return true;
  } catch {
    return false;
  }
}
