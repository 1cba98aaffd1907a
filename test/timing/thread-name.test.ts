import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { openLibc, PR_SET_NAME } from '../../src/timing/libc.ts';
import { ownThreadId } from '../../src/timing/thread-ids.ts';
import { isOwnThread, nameOwnThread } from '../../src/timing/thread-name.ts';

it('tells threads of this tool by their names', () => {
  const [own, libc] = [ownThreadId(), openLibc()];
  if (!own.available || !libc.available) throw new Error('this machine tells nothing of threads');
  const files = systemFiles();
  const before = Buffer.from(readFileSync('/proc/thread-self/comm', 'utf8').trim());
  expect(isOwnThread(files, own.value)).toBe(false);
  try {
    nameOwnThread('watch');
    expect(readFileSync('/proc/thread-self/comm', 'utf8')).toBe('guestmark-watch\n');
    expect(isOwnThread(files, own.value)).toBe(true);
  } finally {
    const name = new Uint8Array(new ArrayBuffer(16));
    name.set(before);
    libc.value.prctl(PR_SET_NAME, libc.value.addressOf(name.buffer));
  }
  expect(isOwnThread(files, 2 ** 22 + 1)).toBe(false);
});
