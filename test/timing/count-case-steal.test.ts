import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { countCaseSteal } from '../../src/timing/count-case-steal.ts';
import { machineRoot, procStat } from './machine-fixture.ts';

test('countCaseSteal() counts on the CPUs that the thread may use', () => {
  const root = machineRoot({
    '/proc/stat': procStat(5, 100),
    '/proc/thread-self/status': 'Name:\tnode\nCpus_allowed_list:\t0\n',
  });
  const end = countCaseSteal(systemFiles(root));
  writeFileSync(join(root, '/proc/stat'), procStat(8, 900));
  const steal = end();
  expect(steal.available && steal.value.ceilingNs).toEqual(available(4e7));
});

test('countCaseSteal() counts on all CPUs when the affinity is not known', () => {
  const root = machineRoot({ '/proc/stat': procStat(5, 100) });
  const end = countCaseSteal(systemFiles(root));
  writeFileSync(join(root, '/proc/stat'), procStat(8, 101));
  const steal = end();
  expect(steal.available && steal.value.ceilingNs).toEqual(available(6e7));
});

test('countCaseSteal() lets one tick pass before it reads again, and reads this machine', () => {
  const start = performance.now();
  const steal = countCaseSteal()();
  expect(performance.now() - start).toBeGreaterThanOrEqual(10);
  expect(steal.available && steal.value.perCpu.length).toBeGreaterThan(0);
});

test('countCaseSteal() gives the reason where there is no /proc/stat', () => {
  expect(countCaseSteal(systemFiles(machineRoot({})))()).toEqual({
    available: false,
    reason: '/proc/stat: ENOENT',
  });
});
