// Real files of processes that are gone, and of one that is not.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeStaleTemporaries } from '../../src/report/stale-temporaries.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestmark-stale-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The number of a process that has ended and was collected. */
const gone = spawnSync('true').pid;

function temporary(pid: number, digits: string, agoSeconds: number): string {
  const name = `.guestmark-${pid}-${digits}.tmp`;
  writeFileSync(join(folder, name), '{"schema":');
  age(name, agoSeconds);
  return name;
}

function age(name: string, agoSeconds: number): void {
  const seconds = Date.now() / 1e3 - agoSeconds;
  utimesSync(join(folder, name), seconds, seconds);
}

describe('removeStaleTemporaries()', () => {
  it('removes what a process has left that is gone', () => {
    temporary(gone, '0123abcd', 3600);
    removeStaleTemporaries(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes what an earlier process of the same number has left, as in a container', () => {
    temporary(process.pid, '0123abcd', 3600 + process.uptime());
    removeStaleTemporaries(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves what is young, of a living process, or of another name', () => {
    const kept = [
      temporary(gone, '0123abcd', 300),
      temporary(process.ppid, '0123abcd', 1e6),
      temporary(gone, '0123abcd0', 1e6),
      temporary(gone, '0123ABCD', 1e6),
      'report.json',
    ];
    writeFileSync(join(folder, 'report.json'), '');
    age('report.json', 1e6);
    removeStaleTemporaries(folder);
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
  });

  it('leaves what only looks like one: a link, a folder', () => {
    writeFileSync(join(folder, 'precious'), 'kept');
    symlinkSync('precious', join(folder, `.guestmark-${gone}-00000001.tmp`));
    mkdirSync(join(folder, `.guestmark-${gone}-00000002.tmp`));
    removeStaleTemporaries(folder);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('has nothing to do in a folder that is not there', () => {
    expect(() => removeStaleTemporaries(join(folder, 'missing'))).not.toThrow();
  });
});
