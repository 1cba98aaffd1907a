// What a run could leave behind: processes, zombies, temporary files, shared memory. Seen before and after, so that a test fails
// that leaves any of it. What others leave on this machine, and other tests beside this one, does not count: all that is watched
// has a mark and a folder for temporary files of its own.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What was just ended takes a moment to be gone. */
const GRACE_MS = 3000;
const LOOK_MS = 50;
/** The variable that all processes of a test run, or of one test, inherit. */
export type Mark = 'GUESTMARK_TEST_RUN' | 'GUESTMARK_TEST_WATCH';

/** Every thing that could stay behind, each in words that name it. */
type Things = ReadonlySet<string>;

/** Where is looked. */
export interface Place {
  /** Processes that carry this value of this variable. */
  readonly mark: Mark;
  readonly value: string;
  /** All that lies in it stays behind. */
  readonly temporary: string;
  /** What was begun to be written there. */
  readonly folders?: readonly string[];
  /** Also what the whole machine shares: only where nothing else of this tool runs on it. */
  readonly shared?: boolean;
}

/** Gives all processes that are started from now on a mark and a folder for temporary files. */
export function markedPlace(mark: Mark, parts: Pick<Place, 'folders' | 'shared'> = {}): Place & Disposable {
  const before = { [mark]: process.env[mark], TMPDIR: process.env.TMPDIR };
  const value = `${process.pid}-${randomBytes(8).toString('hex')}`;
  const temporary = mkdtempSync(join(tmpdir(), 'guestmark-tests-'));
  // Some tests run commands as another user.
  chmodSync(temporary, 0o755);
  Object.assign(process.env, { [mark]: value, TMPDIR: temporary });
  return {
    ...parts,
    mark,
    value,
    temporary,
    [Symbol.dispose]: () => {
      rmSync(temporary, { recursive: true, force: true });
      for (const [name, text] of Object.entries(before)) {
        if (text === undefined) delete process.env[name];
        else process.env[name] = text;
      }
    },
  };
}

/**
 * Asserts when it is disposed that nothing is left of what was started since.
 *
 * @param folders Besides the folder for temporary files: where reports are written to.
 */
export function watchLeftovers(folders: readonly string[] = [], graceMs: number = GRACE_MS): AsyncDisposable {
  const place = markedPlace('GUESTMARK_TEST_WATCH', { folders });
  const before = whatIsThere(place);
  return {
    [Symbol.asyncDispose]: async () => {
      using _ = place;
      const left = await newSince(before, place, graceMs);
      if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`);
    },
  };
}

/** What has come since and does not go by itself. */
export async function newSince(
  before: Things,
  place: Place,
  graceMs: number = GRACE_MS,
): Promise<readonly string[]> {
  const endMs = performance.now() + graceMs;
  for (;;) {
    const left = [...whatIsThere(place)].filter((thing) => !before.has(thing));
    if (left.length === 0 || performance.now() > endMs) return left;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** All that is there now. */
export function whatIsThere(place: Place): Things {
  return new Set([
    ...processesOf(place),
    ...zombies(),
    ...namesIn(place.temporary),
    ...(place.folders ?? []).flatMap((folder) => namesIn(folder, /^\.guestmark-/)),
    ...(place.shared === true ? [...namesIn('/dev/shm'), ...sharedSegments()] : []),
  ]);
}

/** Without those of the test runner. */
function processesOf({ mark, value }: Place): readonly string[] {
  const entry = `${mark}=${value}`;
  return pids()
    .filter((pid) => pid !== process.pid && read(`/proc/${pid}/environ`).split('\0').includes(entry))
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
