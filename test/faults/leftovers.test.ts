// The check that other tests rely on must see each kind of thing that it is there for.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { spawnProgram } from '../../src/program/spawn-program.ts';
import { openLibc } from '../../src/timing/libc.ts';
import { temporaryFolder, until } from '../e2e/guestmark.ts';
import { markedPlace, newSince, watchLeftovers, whatIsThere } from './leftovers.ts';

it('newSince() names a process, a temporary file, a half-written report and shared memory', async () => {
  using folder = temporaryFolder();
  using place = markedPlace('GUESTMARK_TEST_WATCH', { folders: [folder.path], shared: true });
  const before = whatIsThere(place);
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const temporary = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
  const shared = `/dev/shm/guestmark-test-${process.pid}`;
  writeFileSync(shared, '');
  const half = join(folder.path, '.guestmark-1-00.tmp');
  writeFileSync(half, '');
  const left = await newSince(before, place, 0);
  child.kill('SIGKILL');
  rmSync(temporary, { recursive: true });
  rmSync(shared);
  rmSync(half);
  expect(left).toEqual(expect.arrayContaining([half, temporary, shared, `process ${child.pid} (sleep 60)`]));
  const gone = await newSince(before, { ...place, shared: false });
  expect(gone).toEqual([]);
});

const libc = openLibc();

it.skipIf(!libc.available)('newSince() names a child that nobody has waited for', async () => {
  if (!libc.available) return;
  using place = markedPlace('GUESTMARK_TEST_WATCH');
  const before = whatIsThere(place);
  // libuv knows nothing of it, so that it stays a zombie.
  const pid = spawnProgram(libc.value, { argv: ['true'], input: 'null', output: 'null' });
  const isZombie = (thing: string): boolean => thing === `zombie ${pid} (true)`;
  await until(() => [...whatIsThere(place)].some(isZombie));
  libc.value.wait4(pid, 0, 0, 0);
  expect(await newSince(before, place)).toEqual([]);
});

it('watchLeftovers() fails the test that leaves something', async () => {
  using folder = temporaryFolder();
  const leaving = async (): Promise<void> => {
    await using _ = watchLeftovers([folder.path], 0);
    writeFileSync(join(folder.path, '.guestmark-1-00.tmp'), '');
  };
  await expect(leaving()).rejects.toThrow(`Left behind: ${folder.path}/.guestmark-1-00.tmp`);
});
