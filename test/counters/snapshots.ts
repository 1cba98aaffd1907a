// A machine made of files that change while it is looked at: folders of copies, the newest first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unavailable } from '../../src/base/availability.ts';
import { type SystemFiles, systemFiles } from '../../src/base/system-files.ts';
import type { CounterContext } from '../../src/counters/counter.ts';

/** What counters are opened for on a machine that is these files. */
export function contextOf(files: SystemFiles): CounterContext {
  const no = unavailable('not in this test');
  return {
    machine: {
      files,
      root: '/nowhere',
      live: false,
      cpuid: no,
      architecture: 'x64',
      variables: {},
      driverMode: () => no,
    },
    devices: [],
  };
}

/** Files of `before`, and of `later` where it has them as soon as `pass` was called. */
export function snapshots(before: string, later: string): { readonly files: SystemFiles; pass(): void } {
  const [old, young] = [systemFiles(before), systemFiles(later)];
  let passed = false;
  const read = (path: string): ReturnType<SystemFiles['read']> => {
    const newest = passed ? young.read(path) : old.read(path);
    return newest.available ? newest : old.read(path);
  };
  return {
    files: { ...old, read },
    pass: () => {
      passed = true;
    },
  };
}

/** Writes files below a root. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
