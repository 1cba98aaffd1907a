// Ends a child process that takes too much memory: a shader of a few lines can make a compiler take half a gigabyte a
// second, and the machine is gone before the time limit. Only where Linux tells of it; elsewhere there is no limit.
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PERIOD_MS = 50;

/** A limit in force. */
export interface MemoryLimit {
  /** Whether the child was ended for it. */
  readonly wasExceeded: () => boolean;
  readonly [Symbol.dispose]: () => void;
}

/** Watches the resident memory of a child, and kills it when it is over the limit, until disposed of. */
export function limitMemory(child: ChildProcess, limitBytes: number): MemoryLimit {
  let exceeded = false;
  const timer = setInterval(() => {
    if (child.pid === undefined || residentBytes(child.pid) <= limitBytes) return;
    exceeded = child.kill('SIGKILL') || exceeded;
  }, PERIOD_MS);
  return { wasExceeded: () => exceeded, [Symbol.dispose]: () => clearInterval(timer) };
}

/** 0 where it is not told. */
function residentBytes(processId: number): number {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
