import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/base/system-files.ts';
import { memoryEvidence, readOomKills } from '../../src/isolation/memory-evidence.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

const none = { ofGroup: null, ofMachine: null };
const group = (count: number) => ({ ofGroup: { path: '/g/memory.events', count }, ofMachine: null });
const machine = (count: number) => ({ ofGroup: null, ofMachine: { path: '/proc/vmstat', count } });
const killed = { signal: 'SIGKILL', lastWords: '' };

describe('memoryEvidence()', () => {
  it('believes the kernel that it ended a process of the group, or of the machine', () => {
    expect(memoryEvidence(killed, group(1), group(2))).toBe(
      'by the kernel, because its control group had no memory left (/g/memory.events counts it)',
    );
    expect(memoryEvidence(killed, machine(0), machine(2))).toContain(
      'because this machine had no memory left',
    );
  });

  it('says nothing where nothing was counted, or where another signal ended it', () => {
    expect(memoryEvidence(killed, group(1), group(1))).toBe(null);
    expect(memoryEvidence(killed, none, none)).toBe(null);
    expect(memoryEvidence({ ...killed, signal: 'SIGSEGV' }, group(1), group(2))).toBe(null);
    // The group knows that it was none of its own.
    const both = { ...group(1), ofMachine: machine(0).ofMachine };
    expect(memoryEvidence(killed, both, { ...both, ofMachine: machine(9).ofMachine })).toBe(null);
  });

  it.each([
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    '# | # Fatal javascript OOM in GC during deserialization | #',
    "terminate called after throwing an instance of 'std::bad_alloc'",
  ])('believes the last words "%s"', (lastWords) => {
    expect(memoryEvidence({ signal: 'SIGABRT', lastWords }, none, none)).toBe(
      'because it got no more memory',
    );
    expect(memoryEvidence({ signal: null, lastWords }, none, none)).toBe(null);
  });
});

describe('readOomKills()', () => {
  const kills = (files: Readonly<Record<string, string>>) => {
    using folder = temporaryFolder();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder.path, path)), { recursive: true });
      writeFileSync(join(folder.path, path), text);
    }
    return readOomKills(systemFiles(folder.path));
  };

  it('reads the group of version 2, and the machine', () => {
    const read = kills({
      'proc/self/cgroup': '0::/a\n',
      'proc/self/mountinfo': '25 1 0:22 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
      'sys/fs/cgroup/a/memory.events': 'low 0\noom 3\noom_kill 2\n',
      'proc/vmstat': 'nr_free_pages 1\noom_kill 5\n',
    });
    expect(read).toEqual({
      ofGroup: { path: '/sys/fs/cgroup/a/memory.events', count: 2 },
      ofMachine: { path: '/proc/vmstat', count: 5 },
    });
  });

  it('knows of nothing where nothing is told', () => {
    expect(kills({})).toEqual(none);
  });
});
