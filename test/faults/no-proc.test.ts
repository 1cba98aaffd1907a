// A machine without /proc, without /sys, and with a /proc that hides other processes: every command gives what it can, with
// reasons, and never a stack trace.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { measuredReport, TINY_RUN } from './tiny-run.ts';

/** Runs `guestmark` in a mount namespace of its own, behind `mount`. */
function hidden(
  mount: string,
  args: readonly string[],
  before: readonly string[] = [],
): SpawnSyncReturns<string> {
  const command = [...before, process.execPath, 'dist/cli.js', ...args];
  return spawnSync('unshare', ['-m', 'sh', '-c', `${mount} && exec "$@"`, 'sh', ...command], {
    encoding: 'utf8',
  });
}

const NO_PROC = 'mount -t tmpfs none /proc';
const NO_SYS = 'mount -t tmpfs none /sys';
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all'];

const canHide = spawnSync('unshare', ['-m', 'sh', '-c', NO_PROC]).status === 0;
if (!canHide) console.warn('no-proc: skipped, because mounts of its own are not permitted to this user');

describe.skipIf(!canHide).each([
  ['/proc', NO_PROC],
  ['/sys', NO_SYS],
])('without %s', (_, mount) => {
  it('guestmark run measures everything', () => {
    using folder = temporaryFolder();
    const out = join(folder.path, 'r.json');
    const { status, stderr } = hidden(mount, [...TINY_RUN, '--stalls', '--pin', 'auto', '--out', out]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { clocks } = measuredReport(out);
    const { tier, tierReason } = clocks.available ? clocks.value : {};
    if (mount.includes('/proc')) {
      expect({ tier, tierReason }).toEqual({ tier: 'D', tierReason: '/proc/thread-self/schedstat: ENOENT' });
    }
  });

  it.each([
    ['time', '--', 'true'],
    ['clocks', '--seconds', '0.1'],
    ['system'],
    ['counters', '--for', '100ms'],
    ['stalls', '--seconds', '100ms'],
  ])('guestmark %s gives what it can', (...args) => {
    const { status, stdout, stderr } = hidden(mount, args);
    expect({ status, trace: /^ +at /m.test(stdout + stderr) }).toEqual({ status: 0, trace: false });
    const shown = args[0] === 'time' ? stderr : stdout;
    expect(shown.split('\n').length).toBeGreaterThan(5);
    if (mount.includes('/proc')) expect(shown).toMatch(/unknown|not there|not known|ENOENT|tier D/);
  });
});

const hide = 'mount -t proc -o hidepid=2 proc /proc';
const canBeNobody =
  canHide &&
  spawnSync('unshare', [
    '-m',
    'sh',
    '-c',
    `${hide} && exec "$@"`,
    'sh',
    ...NOBODY,
    process.execPath,
    '-e',
    // Node may lie where only its own user may start it a second time.
    `require('node:child_process').execFileSync(process.execPath, ['dist/cli.js', '--version'])`,
  ]).status === 0;
if (!canBeNobody) console.warn('no-proc: hidepid skipped, because no other user may run this build here');

describe.skipIf(!canBeNobody)('a user who sees no process of others (hidepid=2)', () => {
  it('measures everything', () => {
    using folder = temporaryFolder();
    chmodSync(folder.path, 0o777);
    const out = join(folder.path, 'r.json');
    const { status, stderr } = hidden(hide, [...TINY_RUN, '--out', out], NOBODY);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    measuredReport(out);
  });
});
