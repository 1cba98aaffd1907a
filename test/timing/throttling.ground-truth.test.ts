// A real quota on a real child: 30 ms of CPU in every 100 ms. Needs the right to make a control group.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { type Available, available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { findCgroups } from '../../src/timing/cpu-cgroups.ts';
import { throttledWithin } from '../../src/timing/throttling.ts';

const script = fileURLToPath(new URL('../fixtures/children/spin-under-quota.mjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/timing/throttling.js', import.meta.url)));

/** 30/100 ms, and the greatest weight, so that waiting for other work stays rare on a busy machine. */
const SETTINGS = {
  v1: { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '30000', 'cpu.shares': '262144' },
  v2: { 'cpu.max': '30000 100000', 'cpu.weight': '10000' },
} as const;

/** A new group with the quota, or why this process cannot make one. */
function makeGroup(): Available<string> {
  const found = findCgroups(systemFiles(), 'cpu');
  if (!found.available) return found;
  const { version, folders } = found.value;
  const folder = `${folders[0]}/guestmark-test-${process.pid}`;
  try {
    mkdirSync(folder);
  } catch (error) {
    return unavailable(`no control group can be made: ${(error as NodeJS.ErrnoException).code}`);
  }
  try {
    for (const [name, value] of Object.entries(SETTINGS[version])) writeFileSync(`${folder}/${name}`, value);
    return available(folder);
  } catch (error) {
    rmdirSync(folder);
    return unavailable(`no quota can be set: ${(error as NodeJS.ErrnoException).code}`);
  }
}

interface Spun {
  readonly wallNs: number;
  readonly cpuNs: number;
  readonly runQueueNs: number;
  readonly throttledNs: number;
  readonly paths: readonly string[];
}

function exitOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('exit', resolve));
}

async function spinUnder(group: string): Promise<Spun> {
  const child = spawn(process.execPath, ['--single-threaded', script, '1.5e9'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = exitOf(child);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  writeFileSync(`${group}/cgroup.procs`, String(child.pid));
  child.stdin.write('go\n');
  const { value } = await lines.next();
  await exited;
  return JSON.parse(value) as Spun;
}

const made = built ? makeGroup() : unavailable('dist is not built');
if (made.available) rmdirSync(made.value);

test.skipIf(!made.available)(
  `throttling is the run-queue wait of a thread under a quota, within 5 %${made.available ? '' : ` (${made.reason})`}`,
  { retry: 2 },
  async () => {
    const group = makeGroup();
    if (!group.available) throw new Error(group.reason);
    onTestFinished(() => rmdirSync(group.value));
    const { wallNs, cpuNs, runQueueNs, throttledNs, paths } = await spinUnder(group.value);
    expect(paths[0]).toBe(`${group.value}/cpu.stat`);
    expect(cpuNs / wallNs).toBeLessThan(0.45);
    expect(runQueueNs / throttledNs).toBeGreaterThan(0.95);
    expect(runQueueNs / throttledNs).toBeLessThan(1.05);
    const split = throttledWithin(0, throttledNs, runQueueNs);
    expect(split.available && split.value.throttledNs).toBeGreaterThan(0.95 * runQueueNs);
  },
);
