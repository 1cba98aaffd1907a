// A seccomp filter that refuses what measuring would like to call, as those of containers do: everything is measured, with what
// was refused as a reason; and one that kills for it, which is told by its name.
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/guestmark.ts';
import { hasCompiler } from '../fixtures/compiled-library.ts';
import { measuredReport, TINY_RUN } from './tiny-run.ts';

const REFUSED = [
  'perf_event_open',
  'sched_setaffinity',
  'sched_getaffinity',
  'memfd_create',
  'userfaultfd',
  'setpriority',
  'getcpu',
  'adjtimex',
  'clock_adjtime',
  'io_uring_setup',
].join();
const ALL_ON = ['--pin', 'auto', '--counters', 'all', '--stalls'];

let folder: ReturnType<typeof temporaryFolder>;
let refuse: string;
beforeAll(() => {
  folder = temporaryFolder();
  refuse = join(folder.path, 'refuse');
});
afterAll(() => folder[Symbol.dispose]());

const canFilter = process.platform === 'linux' && hasCompiler('seccomp');

describe.skipIf(!canFilter)('guestmark run under a seccomp filter', () => {
  beforeAll(() => {
    execFileSync('cc', ['-Wall', '-Werror', '-o', refuse, 'test/fixtures/seccomp/refuse.c']);
  });

  const run = (action: string, calls: string, out: string) =>
    spawnSync(
      refuse,
      [action, calls, process.execPath, 'dist/cli.js', ...TINY_RUN, ...ALL_ON, '--out', out],
      {
        encoding: 'utf8',
      },
    );

  it.each(['EPERM', 'ENOSYS'])(
    'measures everything where calls are refused by %s, and says what is',
    (action) => {
      const out = join(folder.path, `${action}.json`);
      const { status, stderr } = run(action, REFUSED, out);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const { clocks, counters } = measuredReport(out);
      expect(clocks).toMatchObject({
        value: {
          pinnedCpu: { available: false, reason: expect.stringContaining('sched_setaffinity refuses') },
          switchBias: { available: false, reason: expect.stringContaining(`perf_event_open: ${action}`) },
          stallWatch: { value: { cpu: { reason: expect.stringContaining('sched_setaffinity refuses') } } },
          capabilities: { clockDiscipline: { reason: expect.stringContaining('adjtimex is refused') } },
        },
      });
      const perf = counters.find(({ id }) => id === 'perf-software');
      expect(perf?.counters).toMatchObject({ available: false, reason: expect.stringContaining(action) });
    },
  );

  it('names the filter where it kills its process for a call', () => {
    const { status, stdout, stderr } = run('kill', 'perf_event_open', join(folder.path, 'killed.json'));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      'guestmark: Cannot open the device: its process was ended by SIGSYS (it left no last words); a seccomp filter ' +
        'forbids one of its system calls: let the container or service refuse such calls by EPERM instead\n',
    );
  });
});
