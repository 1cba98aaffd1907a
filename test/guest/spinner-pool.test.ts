// Real processes, as the kernel describes them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { openSpinnerPool } from '../../src/guest/spinner-pool.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';
import { until } from '../e2e/guestmark.ts';

const SCHED_IDLE = '5';
const SCHED_OTHER = '0';

/** State, CPU time in ticks and scheduling policy of a process, by proc(5); null once it is gone. */
function described(pid: number): { state: string; ticks: number; policy: string } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { state: fields[0] as string, ticks: Number(fields[11]), policy: fields[38] as string };
  } catch {
    return null;
  }
}

function spinners(): readonly number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return children
    .map(Number)
    .filter((pid) => pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('guest/spinner'));
}

it('spins while it is asked to, stands still in between, and ends with the pool', async () => {
  const cpus = allowedCpus(systemFiles());
  if (!cpus.available) throw new Error(cpus.reason);
  const [cpu] = cpus.value as [number];
  const pool = openSpinnerPool();
  const hog = await pool.spin('normal', [cpu]);
  if (!hog.available) throw new Error(hog.reason);
  const [pid] = spinners() as [number];
  await until(() => described(pid)?.state === 'R');
  expect(described(pid)?.policy).toBe(SCHED_OTHER);
  const { ticks = 0 } = described(pid) ?? {};
  await until(() => (described(pid)?.ticks ?? 0) > ticks);
  hog.value[Symbol.dispose]();
  await until(() => described(pid)?.state === 'T');

  const awake = await pool.spin('idle', cpus.value);
  if (!awake.available) throw new Error(awake.reason);
  const idlers = spinners().filter((one) => one !== pid);
  expect(idlers.map((one) => described(one)?.policy)).toEqual(cpus.value.map(() => SCHED_IDLE));

  const again = await pool.spin('normal', [cpu]);
  expect([again.available, spinners()]).toEqual([true, [pid, ...idlers]]);
  await until(() => described(pid)?.state === 'R');
  pool[Symbol.dispose]();
  await until(() => [pid, ...idlers].every((one) => described(one) === null));
});

it('says why it cannot spin, and leaves nobody spinning', async () => {
  using pool = openSpinnerPool();
  const refused = await pool.spin('idle', [4095]);
  expect(refused).toMatchObject({ reason: 'sched_setaffinity refuses CPU 4095' });
  await until(() => spinners().length === 0);
});

it('a spinner whose parent is not the one that wanted it spins for nobody', async () => {
  const entry = fileURLToPath(new URL('../../dist/guest/spinner.js', import.meta.url));
  const orphan = fork(entry, ['normal', '0', String(process.pid + 1)], {
    execArgv: [],
    serialization: 'advanced',
  });
  const [code] = await once(orphan, 'exit');
  expect(code).toBe(0);
});
