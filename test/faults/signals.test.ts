// Signals at random instants of a run; the script has the harm and the checks, and does a hundred of each where there is time.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('guestmark run keeps what it measured at SIGTERM, SIGHUP and SIGINT, to it, to its group, and twice', () => {
  const command = ['docs/measurements/reliability/signals.mjs', '2', '2', '3'];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { injected, survived, lostResults, problems, ends } = JSON.parse(stdout);
  expect({ injected, survived, lostResults, problems }).toEqual({
    injected: 6,
    survived: 6,
    lostResults: 0,
    problems: [],
  });
  // Most come while something runs.
  expect(Object.keys(ends).some((end) => end.endsWith('130'))).toBe(true);
}, 240_000);
