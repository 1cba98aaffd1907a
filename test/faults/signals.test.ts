// Signals at random instants of a run; the script has the harm and the checks, and does a hundred of each where there is time.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('guestmark run keeps what it measured at SIGTERM, SIGHUP and SIGINT, to it, to its group, and twice', () => {
  const command = ['docs/measurements/reliability/signals.mjs', '1', '2', '3'];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { injected, survived, lostResults, problems } = JSON.parse(stdout);
  expect({ injected, survived, lostResults, problems }).toEqual({
    injected: 3,
    survived: 3,
    lostResults: 0,
    problems: [],
  });
}, 240_000);
