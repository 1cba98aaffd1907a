// A child process and those that it started: a compiler may be a script around one, and ending the script alone leaves
// the compiler running beside what is measured. Linux tells of them; elsewhere there is only the child itself.
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Kills all of them, the youngest first, and closes what they write to. */
export function killTree(child: ChildProcess): void {
  const started = child.pid === undefined ? [] : descendants(child.pid, []);
  child.kill('SIGKILL');
  for (const processId of started) kill(processId);
  // One that is not found would keep these open, and its end would be waited for.
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** Resident memory of all of them; 0 where it is not told. */
export function residentBytes({ pid }: ChildProcess): number {
  if (pid === undefined) return 0;
  return [pid, ...descendants(pid, [])].reduce((sum, processId) => sum + residentBytesOf(processId), 0);
}

/** @param known Those found so far: numbers are given again, so that a walk could go round. */
function descendants(processId: number, known: readonly number[]): readonly number[] {
  return read(`/proc/${processId}/task/${processId}/children`)
    .split(' ')
    .map(Number)
    .filter((child) => child > 0 && !known.includes(child))
    .flatMap((child) => [...descendants(child, [...known, child]), child]);
}

function residentBytesOf(processId: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${processId}/status`))?.[1] ?? 0) * 1024;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function kill(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
