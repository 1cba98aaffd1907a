// The settings of the guest are really there while an operation runs, and gone after it.
import { afterAll, describe, expect, it } from 'vitest';
import { systemFiles } from '../../../src/base/system-files.ts';
import { allowedCpus, threadIds } from '../../../src/timing/index.ts';
import { openDevice } from '../../../src/vulkan/open-device.ts';
import { casesOf } from '../on-device.ts';
import { verifyOperationOn } from '../operation-on-device.ts';

const files = systemFiles();
/** The CPUs of every thread of this process. */
const placed = (): ReadonlyMap<number, readonly number[]> => {
  const ids = threadIds(files);
  if (!ids.available) throw new Error(ids.reason);
  const entries = ids.value.flatMap((id) => {
    const cpus = allowedCpus(files, id);
    return cpus.available ? [[id, cpus.value] as const] : [];
  });
  return new Map(entries);
};

describe('completion and futex-ping-pong', () => {
  const opened = openDevice({ match: 'llvmpipe' });
  afterAll(() => opened[Symbol.dispose]());

  it.each([
    'completion-fence-wait[pin=2,load=1]',
    'completion-fence-poll[pin=1,load=0]',
    'completion-hybrid[pin=2,load=2]',
    'completion-timeline-poll[pin=0,load=2]',
    'completion-mapped-flag[pin=1,load=1]',
    'futex-ping-pong[pin=2,load=1]',
    'futex-ping-pong[pin=1,load=2]',
  ])('%s is right, and gives every thread its CPUs back', async (id) => {
    const before = placed();
    const [one] = casesOf(id);
    if (one === undefined) throw new Error(`${id} is no case`);
    const outcome = await verifyOperationOn(opened, one);
    const isPossible = [...before.values()].some(({ length }) => length > 1) || one.axes.pin !== 2;
    expect(outcome.status).toBe(isPossible ? 'ok' : 'skipped');
    for (const [thread, cpus] of placed()) if (before.has(thread)) expect(cpus).toEqual(before.get(thread));
  });
});
