// kill -9 of a run at random instants; the script has the harm and the checks, and does fifty where there is time. A killed
// child in test/isolation/run-cases.test.ts; what a temporary file must be to be removed in test/report/stale-temporaries.test.ts.
import { spawnSync } from 'node:child_process';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { guestmark, temporaryFolder } from '../e2e/guestmark.ts';

it('guestmark run leaves no process and a valid report when it is killed', () => {
  const command = ['docs/measurements/reliability/killed.mjs', '2', '3', '3'];
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { injected, survived, lostResults, problems } = JSON.parse(stdout);
  expect({ injected, survived, lostResults, problems }).toEqual({
    injected: 2,
    survived: 2,
    lostResults: 0,
    problems: [],
  });
}, 240_000);

it('the next command that writes beside it removes what a killed one has left there', async () => {
  using folder = temporaryFolder();
  const left = join(folder.path, `.guestmark-${spawnSync('true').pid}-0123abcd.tmp`);
  writeFileSync(left, '{"schema":');
  const seconds = Date.now() / 1e3 - 3600;
  utimesSync(left, seconds, seconds);
  const { code } = await guestmark(['time', '--out', join(folder.path, 't.json'), '--', 'true']);
  expect({ code, names: readdirSync(folder.path) }).toEqual({ code: 0, names: ['t.json'] });
});
