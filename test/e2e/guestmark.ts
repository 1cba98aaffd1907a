// Runs the built command line as a user would, and gives back what a user would see.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

/** Starts `guestmark` with further environment variables. */
export function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd?: string,
): Started {
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/cli.js'), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, finished };
}

/** Runs `guestmark` to its end. */
export function guestmark(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return start(args, environment).finished;
}

/** A folder that goes away. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'guestmark-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The process that a parent has forked, from /proc. */
export function childOf(parent: number | undefined): number | null {
  const list = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim();
  return list === '' ? null : Number(list.split(' ')[0]);
}

/** Waits for a condition, which the limit of the test bounds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
