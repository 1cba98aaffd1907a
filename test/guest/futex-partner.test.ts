// A real second thread; what it costs to wake it is measured elsewhere.
import { expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { startFutexPartner } from '../../src/guest/futex-partner.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';
import { threadIds } from '../../src/timing/thread-ids.ts';
import { isOwnThread } from '../../src/timing/thread-name.ts';
import { until } from '../e2e/guestmark.ts';

const files = systemFiles();
const own = (): readonly number[] => {
  const ids = threadIds(files);
  return ids.available ? ids.value.filter((id) => isOwnThread(files, id)) : [];
};

it('startFutexPartner() answers every word on its CPU, and ends when it is told to', async () => {
  const cpus = allowedCpus(files);
  if (!cpus.available) throw new Error(cpus.reason);
  const cpu = cpus.value.at(-1) as number;
  const started = await startFutexPartner([cpu]);
  if (!started.available) throw new Error(started.reason);
  const [thread] = own() as [number];
  expect(allowedCpus(files, thread)).toMatchObject({ value: [cpu] });
  for (let trip = 1; trip <= 500; trip++) {
    started.value.hand();
    started.value.take();
    expect(started.value.answered()).toBe(trip);
  }
  started.value[Symbol.dispose]();
  started.value[Symbol.dispose]();
  await until(() => own().length === 0);
});

it('startFutexPartner() says why the thread cannot be placed, and leaves none behind', async () => {
  const refused = await startFutexPartner([4095]);
  expect(refused).toMatchObject({ reason: expect.stringContaining('refuses CPUs 4095') });
  await until(() => own().length === 0);
});
