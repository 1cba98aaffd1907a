import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { memoryCeiling } from '../../src/isolation/memory-ceiling.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

const GIB = 2 ** 30;

function ceiling(totalGib: number | null, limitGib: number | null): number | null {
  using folder = temporaryFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder.path, path, '..'), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };
  if (totalGib !== null) write('proc/meminfo', `MemTotal:       ${(totalGib * GIB) / 1024} kB\n`);
  if (limitGib !== null) {
    write('proc/self/cgroup', '0::/a\n');
    write('proc/self/mountinfo', '25 1 0:22 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n');
    write('sys/fs/cgroup/a/memory.max', `${limitGib * GIB}\n`);
  }
  const bytes = memoryCeiling(systemFiles(folder.path));
  return bytes === null ? null : bytes / GIB;
}

it.each([
  ['the machine, less what the parent needs', 64, null, 63.5],
  ['the control group where that is less', 64, 16, 15.5],
  ['never less than drivers reserve', 64, 1, 4],
  ['nothing where nobody knows', null, null, null],
])('memoryCeiling() is %s', (_, totalGib, limitGib, expected) => {
  expect(ceiling(totalGib, limitGib)).toBe(expected);
});
