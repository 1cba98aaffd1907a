// The parent's end of the channel: forks a process, passes its messages on, and makes sure that it
// ends, whatever it does. Knows nothing of what the messages mean.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ExitRecord, exitOf } from './child-exit.ts';
import { memoryCeiling } from './memory-ceiling.ts';
import { memoryEvidence, readOomKills } from './memory-evidence.ts';
import { markOffspring } from './offspring.ts';
import type { ChildMessage, ParentMessage } from './protocol.ts';

/** In tests the sources run uncompiled, but a process needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/child.js' : '../child.js';
/** Giving back the memory of a large process or of a GPU takes the kernel some seconds. */
const END_LIMIT_NS = 30e9;

/** How a process is started. */
export interface ChildOptions {
  /** Added to this process's environment: a loader path must be set before a process starts. */
  readonly environment: Readonly<Record<string, string>>;
  /** Private memory that it may have; default what {@link memoryCeiling} says. */
  readonly memoryBytes?: number | null;
  /** How long it may take to end once it is told to; default 30 s. */
  readonly endLimitNs?: number;
}

/** A forked process. */
export interface Child {
  readonly pid: number;
  send(message: ParentMessage): void;
  /** Ends it at once; `exited` then resolves. */
  kill(): void;
  /** Rejects with what `onMessage` threw; the process is ended then. */
  readonly exited: Promise<ExitRecord>;
}

/**
 * Forks the process entry.
 *
 * @param onMessage Called for every message, in order.
 */
export function forkChild(options: ChildOptions, onMessage: (message: ChildMessage) => void): Child {
  const { environment, memoryBytes, endLimitNs = END_LIMIT_NS } = options;
  const offspring = markOffspring();
  const killsBefore = readOomKills();
  const process_ = fork(
    fileURLToPath(new URL(ENTRY, import.meta.url)),
    [String(memoryBytes ?? memoryCeiling() ?? '')],
    {
      env: { ...process.env, ...environment, ...offspring.environment },
      // Options of the parent's Node (a debugger, a test runner's loader) are not the child's.
      execArgv: ['--expose-gc', ...heapLimit(memoryBytes)],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const end = exitOf(process_, offspring.end);
  const kill = (): void => {
    process_.kill('SIGKILL');
    end.giveUpAfter(endLimitNs);
  };
  const leave = (): void => {
    process_.kill('SIGKILL');
    offspring.end();
  };
  // Whoever leaves at once, after a second Ctrl-C, must not leave it behind.
  process.on('exit', leave);
  const defect = passOn(process_, onMessage, kill);
  const exited = end.exited.then((exit) => {
    process.off('exit', leave);
    defect.rethrow();
    return { ...exit, outOfMemory: memoryEvidence(exit, killsBefore, readOomKills()) };
  });
  return {
    pid: process_.pid ?? 0,
    send: (message) => {
      // A process that just died has no channel; its exit tells the rest.
      if (process_.connected) process_.send(message, () => undefined);
    },
    kill,
    exited,
  };
}

const MIB = 2 ** 20;
/** V8's own limit of its heap, on 64-bit machines with 16 GiB and more. */
const HEAP_MIB = 4144;

/** V8 says that its heap is full where that has a limit, and crashes without a word where the system gives it no more. */
function heapLimit(memoryBytes: number | null | undefined): readonly string[] {
  const halfMib = Math.floor((memoryBytes ?? Number.POSITIVE_INFINITY) / 2 / MIB);
  return halfMib < HEAP_MIB ? [`--max-old-space-size=${Math.max(1, halfMib)}`] : [];
}

/** Passes messages on until one of them cannot be dealt with, which ends the process. */
function passOn(
  child: ChildProcess,
  onMessage: (message: ChildMessage) => void,
  kill: () => void,
): { readonly rethrow: () => void } {
  let thrown: { readonly error: unknown } | null = null;
  child.on('message', (message) => {
    if (thrown !== null || !isMessage(message)) return;
    try {
      onMessage(message);
    } catch (error) {
      thrown = { error };
      kill();
    }
  });
  return {
    rethrow: () => {
      if (thrown !== null) throw thrown.error;
    },
  };
}

/** Packages that a benchmark loads send words to whoever forked them, such as `ready`. */
function isMessage(message: unknown): message is ChildMessage {
  return typeof message === 'object' && message !== null && 'type' in message;
}
