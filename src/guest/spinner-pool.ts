// Spinners of one session: started when they are first wanted, stopped while they are not, and killed with the session, so
// that a case pays for a signal and not for a process. The scheduler groups tasks by session (autogroup): spinners stay in
// this one, or those of idle priority would count as a whole group and take half of the CPU.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SpinnerKind, SpinnerWord } from './spinner.ts';

/** In tests the sources run uncompiled, but a process needs JavaScript: it is taken from the build. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/guest/spinner.js' : './spinner.js';
/** A machine on which a process takes longer is not one to add load to. */
const START_LIMIT_MS = 10_000;

/** Lends spinners. Disposing ends them all. */
export interface SpinnerPool extends Disposable {
  /**
   * Resolves when a spinner of the kind runs on every one of the CPUs.
   *
   * @returns What stops them, or why there are none.
   */
  spin(kind: SpinnerKind, cpus: readonly number[]): Promise<Available<Disposable>>;
}

/** Opens a pool without spinners. */
export function openSpinnerPool(): SpinnerPool {
  const spinners = new Map<string, Promise<Available<ChildProcess>>>();
  const started: ChildProcess[] = [];
  const start = (kind: SpinnerKind, cpu: number): Promise<Available<ChildProcess>> => {
    const key = `${kind} ${cpu}`;
    const known = spinners.get(key);
    if (known !== undefined) return known;
    const child = forkSpinner(kind, cpu);
    started.push(child);
    const fresh = firstWord(child);
    spinners.set(key, fresh);
    return fresh;
  };
  const end = (): void => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    process.off('exit', end);
  };
  process.on('exit', end);
  return {
    spin: async (kind, cpus) => {
      const all = await Promise.all(cpus.map((cpu) => start(kind, cpu)));
      const running = all.flatMap((one) => (one.available ? [one.value] : []));
      const stop = (): void => {
        for (const child of running) child.kill('SIGSTOP');
      };
      const missing = all.find((one) => !one.available) ?? goneOf(running);
      // A stopped process is runnable again before kill(2) returns.
      if (missing === undefined) for (const child of running) child.kill('SIGCONT');
      else stop();
      return missing?.available === false ? missing : available({ [Symbol.dispose]: stop });
    },
    [Symbol.dispose]: end,
  };
}

function goneOf(children: readonly ChildProcess[]): Available<ChildProcess> | undefined {
  const gone = children.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
  return gone === undefined ? undefined : unavailable('a spinner was ended by somebody else');
}

function forkSpinner(kind: SpinnerKind, cpu: number): ChildProcess {
  const child = fork(
    fileURLToPath(new URL(ENTRY, import.meta.url)),
    [kind, String(cpu), String(process.pid)],
    {
      // Options of this process's Node (a debugger, a test runner's loader) are not the spinner's.
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  );
  return child;
}

/** Resolves with the spinner once it spins. It does not keep this process alive. */
function firstWord(child: ChildProcess): Promise<Available<ChildProcess>> {
  return new Promise((resolve) => {
    const end = (word: Available<ChildProcess>): void => {
      clearTimeout(limit);
      child.unref();
      child.channel?.unref();
      if (!word.available) child.kill('SIGKILL');
      resolve(word);
    };
    const late = `a spinner did not start within ${START_LIMIT_MS / 1e3} s`;
    const limit = setTimeout(() => end(unavailable(late)), START_LIMIT_MS);
    child.once('message', (word: SpinnerWord) => end(word.available ? available(child) : word));
    child.once('error', ({ message }) => end(unavailable(`a spinner cannot be started: ${message}`)));
    child.once('exit', (code, signal) =>
      end(unavailable(`a spinner ended before it spun (${signal ?? `code ${code}`})`)),
    );
  });
}
