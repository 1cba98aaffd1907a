import { mkdirSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { availableMemoryBytes, isMemoryUsedUp } from '../../src/suite/available-memory.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

it('availableMemoryBytes() is some memory, and no more than the machine has free', () => {
  const most = freemem() + 2 ** 30;
  expect(availableMemoryBytes()).toBeGreaterThan(0);
  expect(availableMemoryBytes()).toBeLessThan(most);
});

describe('isMemoryUsedUp()', () => {
  it.each([
    ['1048576              unlimited            bytes', 700, false],
    ['1048576              1048576              bytes', 800, true],
    ['unlimited            unlimited            bytes', 10 ** 9, false],
  ])('of a limit of %s with %i KiB used is %s', (limit, usedKib, expected) => {
    using folder = temporaryFolder();
    const self = join(folder.path, 'proc/self');
    mkdirSync(self, { recursive: true });
    writeFileSync(join(self, 'limits'), `Max data size             ${limit}     \n`);
    writeFileSync(join(self, 'status'), `Name:\tnode\nVmData:\t   ${usedKib} kB\n`);
    expect(isMemoryUsedUp(systemFiles(folder.path))).toBe(expected);
  });

  it('is false where nothing is told', () => {
    using folder = temporaryFolder();
    expect(isMemoryUsedUp(systemFiles(folder.path))).toBe(false);
  });
});
