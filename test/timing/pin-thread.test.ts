import { expect, it, onTestFinished } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { openLibc } from '../../src/timing/libc.ts';
import { pinThread } from '../../src/timing/pin-thread.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';

it('pinThread() binds the calling thread to a CPU', () => {
  const [libc, before] = [openLibc(), allowedCpus(systemFiles())];
  if (!libc.available || !before.available) throw new Error('the thread cannot be pinned');
  onTestFinished(() => {
    const mask = new Uint8Array(new ArrayBuffer(128));
    for (const cpu of before.value) mask[cpu >> 3] = (mask[cpu >> 3] as number) | (1 << (cpu & 7));
    libc.value.schedSetaffinity(0, mask.length, libc.value.addressOf(mask.buffer));
  });
  const cpu = before.value.at(-1) as number;
  expect(pinThread(cpu)).toEqual({ available: true, value: cpu });
  expect(allowedCpus(systemFiles())).toMatchObject({ value: [cpu] });
  expect(libc.value.schedGetcpu()).toBe(cpu);
});

it('pinThread() says why it cannot', () => {
  expect(pinThread(8191)).toMatchObject({ reason: expect.stringContaining('refuses CPU 8191') });
  expect(pinThread(-1)).toMatchObject({ reason: expect.stringContaining('there is no CPU -1') });
});
