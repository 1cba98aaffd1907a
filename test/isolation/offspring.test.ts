import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { markOffspring } from '../../src/isolation/offspring.ts';
import { childOf, until } from '../e2e/guestmark.ts';

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('markOffspring() ends all that come from a process, in whatever session, and nobody else', async () => {
  const [mark, other] = [markOffspring(), markOffspring()];
  const start = ({ environment }: typeof mark) =>
    spawn('sh', ['-c', 'sleep 60 & wait'], {
      env: { ...process.env, ...environment },
      detached: true,
      stdio: 'ignore',
    });
  const [marked, spared] = [start(mark), start(other)];
  await until(() => childOf(marked.pid) !== null);
  const grandchild = childOf(marked.pid) as number;
  const ended = new Promise((resolve) => marked.on('exit', (_, signal) => resolve(signal)));
  mark.end();
  expect(await ended).toBe('SIGKILL');
  await until(() => !isThere(grandchild));
  expect(isThere(spared.pid as number)).toBe(true);
  other.end();
});
