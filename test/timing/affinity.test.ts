import { expect, test } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { setAffinity } from '../../src/timing/affinity.ts';
import { openLibc } from '../../src/timing/libc.ts';
import { allowedCpus } from '../../src/timing/thread-cpus.ts';

test('setAffinity() confines the thread, and says where the kernel refuses', () => {
  const libc = openLibc();
  const before = allowedCpus(systemFiles());
  if (!libc.available || !before.available) throw new Error('this machine has no affinity');
  try {
    const last = before.value.at(-1) as number;
    expect(setAffinity(libc.value, [last])).toBe(true);
    expect(allowedCpus(systemFiles())).toEqual({ available: true, value: [last] });
    expect(setAffinity(libc.value, [])).toBe(false);
  } finally {
    expect(setAffinity(libc.value, before.value)).toBe(true);
  }
});

test('setAffinity() sets one bit per CPU in words of 64, however many CPUs there are', () => {
  const seen: number[][] = [];
  let mask = new ArrayBuffer(0);
  const libc = {
    addressOf: (memory: ArrayBuffer) => {
      mask = memory;
      return 1;
    },
    schedSetaffinity: (_thread: number, bytes: number) => {
      seen.push([bytes, ...[...new Uint8Array(mask)].flatMap((byte, at) => (byte === 0 ? [] : [at, byte]))]);
      return 0;
    },
  };
  setAffinity(libc, [0, 9]);
  setAffinity(libc, [2000]);
  expect(seen).toEqual([
    [8, 0, 1, 1, 2],
    [256, 250, 1],
  ]);
});
