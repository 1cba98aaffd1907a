import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { openThreadAccount, parseState } from '../../src/program/thread-account.ts';

test('parseState() reads whether a thread wants a CPU, and how often it gave it up', () => {
  const text =
    'Name:\tState: X\nState:\tR (running)\nvoluntary_ctxt_switches:\t17\nnonvoluntary_ctxt_switches:\t4\n';
  expect(parseState(text)).toEqual({ isRunnable: true, voluntarySwitches: 17 });
  expect(parseState('State:\tS (sleeping)\n')).toEqual({ isRunnable: false, voluntarySwitches: Number.NaN });
});

test('openThreadAccount() keeps the last figures of a thread that has gone', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const id = { processId: child.pid as number, threadId: child.pid as number };
  using account = openThreadAccount(id, true);
  if (account === null) throw new Error('the account of a child cannot be opened');
  while (account.read() && account.state.isRunnable) await new Promise((resolve) => setTimeout(resolve, 5));
  const { cpuNs } = account.schedstat;
  expect(cpuNs).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(account.read()).toBe(false);
  expect(account.schedstat.cpuNs).toBeGreaterThanOrEqual(cpuNs);
  expect(openThreadAccount(id, false)).toBeNull();
});
