// Ends a child process that takes too much memory: a shader of a few lines can make a compiler take half a gigabyte a
// second, and the machine is gone before the time limit. Only where Linux tells of it; elsewhere there is no limit.
import type { ChildProcess } from 'node:child_process';
import { killTree, residentBytes } from './process-tree.ts';

const PERIOD_MS = 50;

/** A limit in force. */
export interface ChildLimit {
  /** Whether the child was ended for it. */
  readonly wasExceeded: () => boolean;
  readonly [Symbol.dispose]: () => void;
}

/** Watches the resident memory of a child and of what it started, and kills them over the limit, until disposed of. */
export function limitMemory(child: ChildProcess, limitBytes: number): ChildLimit {
  let exceeded = false;
  const timer = setInterval(() => {
    if (exceeded || residentBytes(child) <= limitBytes) return;
    exceeded = true;
    killTree(child);
  }, PERIOD_MS);
  return { wasExceeded: () => exceeded, [Symbol.dispose]: () => clearInterval(timer) };
}

/** Kills a child and what it started when the time is over, unless disposed of before. */
export function limitTime(child: ChildProcess, limitMs: number): ChildLimit {
  let exceeded = false;
  const timer = setTimeout(() => {
    exceeded = true;
    killTree(child);
  }, limitMs);
  return { wasExceeded: () => exceeded, [Symbol.dispose]: () => clearTimeout(timer) };
}
