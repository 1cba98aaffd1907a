// Really moves threads of this process, and gives them their CPUs back.
import { expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { placeThreads } from '../../src/guest/place-threads.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';
import { ownThreadId, threadIds } from '../../src/timing/thread-ids.ts';

const files = systemFiles();

function allowed(thread?: number): readonly number[] {
  const cpus = allowedCpus(files, thread);
  if (!cpus.available) throw new Error(cpus.reason);
  return cpus.value;
}

it('placeThreads() confines the calling thread or others, and only them', () => {
  const [own, all] = [ownThreadId(), threadIds(files)];
  if (!own.available || !all.available) throw new Error('this machine tells nothing of threads');
  const other = all.value.find((id) => id !== own.value) as number;
  const [before, othersBefore] = [allowed(), allowed(other)];
  const cpu = before.at(-1) as number;
  for (const [threads, moved, stays] of [
    ['own', own.value, other],
    [[other], other, own.value],
  ] as const) {
    const staysAt = allowed(stays);
    const placed = placeThreads(threads, [cpu], files);
    if (!placed.available) throw new Error(placed.reason);
    expect([allowed(moved), allowed(stays)]).toEqual([[cpu], staysAt]);
    placed.value[Symbol.dispose]();
    expect([allowed(), allowed(other)]).toEqual([before, othersBefore]);
  }
});

it('placeThreads() passes over threads that are gone, and moves nobody to a CPU that does not exist', () => {
  const before = allowed();
  expect(placeThreads([2 ** 22 + 1], [before[0] as number], files).available).toBe(true);
  expect(placeThreads('own', [4095], files)).toMatchObject({
    reason: expect.stringContaining('refuses CPUs 4095'),
  });
  expect(allowed()).toEqual(before);
});
