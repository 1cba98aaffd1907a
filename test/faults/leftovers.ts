// What a run could leave behind: processes, zombies, temporary files, shared memory. Seen before and after, so that a test fails
// that leaves any of it. Processes and files of other runs on this machine do not count: this run has a mark and a folder of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The variable that all processes of a test run inherit; set in test-run.ts. */
export const RUN_MARK = 'GUESTMARK_TEST_RUN';
/** What was just ended takes a moment to be gone. */
const GRACE_MS = 3000;
const LOOK_MS = 50;

/** Every thing that could stay behind, each in words that name it. */
export type Things = ReadonlySet<string>;

/** Asserts when it is disposed that nothing new is there. */
export function watchLeftovers(folders: readonly string[] = [], graceMs = GRACE_MS): AsyncDisposable {
  const before = whatIsThere(folders);
  return {
    [Symbol.asyncDispose]: async () => {
      const left = await newSince(before, folders, graceMs);
      if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
    },
  };
}

/** What has come since and does not go by itself. */
export async function newSince(
  before: Things,
  folders: readonly string[] = [],
  graceMs = GRACE_MS,
): Promise<readonly string[]> {
  const endMs = performance.now() + graceMs;
  for (;;) {
    const left = [...whatIsThere(folders)].filter((thing) => !before.has(thing));
    if (left.length === 0 || performance.now() > endMs) return left;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** @param folders Besides the folder for temporary files: where reports are written to. */
export function whatIsThere(folders: readonly string[] = []): Things {
  return new Set([
    ...processesOfRun(),
    ...zombies(),
    ...namesIn(tmpdir()),
    ...folders.flatMap((folder) => namesIn(folder, /^\.guestmark-/)),
    ...namesIn('/dev/shm'),
    ...sharedSegments(),
  ]);
}

/** Processes with the mark of this run; without those of the test runner. */
function processesOfRun(): readonly string[] {
  // The mark of a test file begins with that of its run.
  const isMarked = (variable: string): boolean => variable.startsWith(`${RUN_MARK}=${process.env[RUN_MARK]}`);
  return pids()
    .filter((pid) => pid !== process.pid && read(`/proc/${pid}/environ`).split('\0').some(isMarked))
    .map((pid) => `process ${pid} (${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()})`)
    .filter((one) => !/\/node_modules\/|\(node \(vitest/.test(one));
}

/** Children of this process that nobody has waited for. */
function zombies(): readonly string[] {
  return pids()
    .map((pid) => ({ pid, stat: statOf(pid) }))
    .filter(({ stat }) => stat.state === 'Z' && stat.parent === process.pid)
    .map(({ pid, stat }) => `zombie ${pid} (${stat.name})`);
}

function statOf(pid: number): { readonly name: string; readonly state: string; readonly parent: number } {
  const [, name = '', state = '', parent = ''] =
    /^\d+ \((.*)\) (\S) (\d+)/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  return { name, state, parent: Number(parent) };
}

/** SysV segments: key, id, permissions, size, who made it. */
function sharedSegments(): readonly string[] {
  return read('/proc/sysvipc/shm')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => `shared segment ${line.trim().split(/\s+/).slice(0, 5).join(' ')}`);
}

function namesIn(folder: string, pattern = /./): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => pattern.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function pids(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Empty where the process is gone, or another's. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
