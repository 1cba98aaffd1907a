// The parent's end of the channel: forks a process, passes its messages on, and makes sure that it
// ends, whatever it does. Knows nothing of what the messages mean.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildMessage, ParentMessage } from './protocol.ts';

/** In tests the sources run uncompiled, but a process needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/child.js' : '../child.js';
const LAST_WORDS_BYTES = 4096;
/** A process may leave its pipes to another one, which keeps them open for as long as it likes. */
const PIPES_MS = 1000;

/** How a process ended. */
export interface ExitRecord {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it wrote to its standard error and output. */
  readonly lastWords: string;
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
 * @param environment Added to this process's environment: a loader path must be set before a process starts.
 * @param onMessage Called for every message, in order.
 */
export function forkChild(
  environment: Readonly<Record<string, string>>,
  onMessage: (message: ChildMessage) => void,
): Child {
  const process_ = fork(fileURLToPath(new URL(ENTRY, import.meta.url)), [], {
    env: { ...process.env, ...environment },
    // Options of the parent's Node (a debugger, a test runner's loader) are not the child's.
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kill = (): boolean => process_.kill('SIGKILL');
  // Whoever leaves at once, after a second Ctrl-C, must not leave it behind.
  process.on('exit', kill);
  let defect: unknown;
  process_.on('message', (message) => {
    try {
      if (defect === undefined) onMessage(message as ChildMessage);
    } catch (error) {
      defect = error;
      kill();
    }
  });
  const exited = exitOf(process_).then((exit) => {
    process.off('exit', kill);
    if (defect !== undefined) throw defect;
    return exit;
  });
  return {
    pid: process_.pid ?? 0,
    send: (message) => {
      // A process that just died has no channel; its exit tells the rest.
      if (process_.connected) process_.send(message, () => undefined);
    },
    kill: () => void kill(),
    exited,
  };
}

function exitOf(child: ChildProcess): Promise<ExitRecord> {
  const lastWords = collectLastWords(child);
  return new Promise((resolve) => {
    const end = (code: number | null, signal: string | null): void =>
      resolve({ code, signal, lastWords: lastWords() });
    child.on('close', end);
    child.on('exit', (code, signal) => {
      setTimeout(() => {
        for (const pipe of [child.stdout, child.stderr]) pipe?.destroy();
        end(code, signal);
      }, PIPES_MS).unref();
    });
    child.on('error', (error) => resolve({ code: null, signal: null, lastWords: error.message }));
  });
}

function collectLastWords(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      text = (text + chunk).slice(-LAST_WORDS_BYTES);
    });
  }
  return () => text.trim();
}
