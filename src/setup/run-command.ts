// The one way in which setup calls another program: nothing inherited, everything captured, so that a
// test can put a recorded machine in its place. Knows nothing of packages or drivers.
import { execFile } from 'node:child_process';

/** How a program ended. */
export interface CommandResult {
  /** The exit status, or why there is none, such as `SIGKILL` or `ENOENT`. */
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how long a program may run. */
interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Killed after this time; absent means never. */
  readonly timeoutMs?: number;
}

/** Runs a program to its end. Never throws: a program that cannot be started ends with its error code. */
export type RunCommand = (
  file: string,
  args: readonly string[],
  options?: CommandOptions,
) => Promise<CommandResult>;

const CAPTURE_BYTES = 64 * 2 ** 20;

/** Runs a real program of this machine. */
export const runCommand: RunCommand = (file, args, options = {}) =>
  new Promise((resolve) => {
    const settings = {
      env: options.env ?? process.env,
      cwd: options.cwd,
      timeout: options.timeoutMs ?? 0,
      killSignal: 'SIGKILL' as const,
      maxBuffer: CAPTURE_BYTES,
    };
    const child = execFile(file, args, settings, (error, stdout, stderr) => {
      resolve({ exit: error === null ? 0 : (error.code ?? error.signal ?? 'unknown'), stdout, stderr });
    });
    child.stdin?.end();
  });
