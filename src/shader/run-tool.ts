// Runs a compiler or a tool of SPIRV-Tools on what may be hostile input: without a shell, within a time limit and
// with bounded output. Knows nothing of what any of them says.
import { type ExecFileException, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GuestmarkError } from '../base/errors.ts';
import { limitMemory, limitTime } from './child-limits.ts';

/** Default limit of a tool. */
export const DEFAULT_LIMIT_MS = 60_000;

const MAX_OUTPUT_BYTES = 64 * 2 ** 20;
const DEFAULT_MEMORY_BYTES = 4 * 2 ** 30;

/** What a tool is run for. */
export interface ToolErrand {
  /** Begins its error messages behind "Cannot", such as `compile shader a.comp`. */
  readonly action: string;
  readonly limitMs?: number | undefined;
  /** Most memory, where that can be watched; default 4 GiB. */
  readonly memoryBytes?: number;
  /** Where it runs; default where this process does. */
  readonly folder?: string;
}

/** How a tool ended that ended by itself. */
export interface ToolAnswer {
  /** Whether it said no. */
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a tool to its end.
 *
 * @throws GuestmarkError (timeout) when it does not end; (environment) when it cannot be run, dies of a signal,
 *   says more than 64 MiB or takes too much memory.
 */
export function runTool(path: string, args: readonly string[], errand: ToolErrand): Promise<ToolAnswer> {
  const { limitMs = DEFAULT_LIMIT_MS, memoryBytes = DEFAULT_MEMORY_BYTES, folder } = errand;
  const options = {
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
    ...(folder === undefined ? {} : { cwd: folder }),
  } as const;
  return new Promise((settle, reject) => {
    const child = execFile(path, args, options, (error, stdout, stderr) => {
      memory[Symbol.dispose]();
      time[Symbol.dispose]();
      const failure = memory.wasExceeded()
        ? toolFailure(errand.action, `${path} takes more than ${memoryBytes / 2 ** 20} MiB of memory`, error)
        : time.wasExceeded()
          ? tooLate(errand.action, path, limitMs, error)
          : error && failureOf(error, path, errand.action);
      if (failure) reject(failure);
      else settle({ failed: error !== null, stdout, stderr });
    });
    const memory = limitMemory(child, memoryBytes);
    const time = limitTime(child, limitMs);
    // A tool that ends before it has read its input is no failure.
    child.stdin?.on('error', () => undefined).end();
  });
}

/** Gives a private folder to work in, and removes it afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'guestmark-shader-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A failure of the process itself; undefined where it ended and said no. */
function failureOf(error: ExecFileException, path: string, action: string): GuestmarkError | undefined {
  // Read as it is: the code of an overflow is a word, whatever its type says.
  const code: unknown = error.code;
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
    return toolFailure(action, `${path} says too much`, error);
  if (typeof code === 'number') return undefined;
  const state = error.signal ? `${path} died of ${error.signal}` : `${path} cannot be run`;
  return toolFailure(action, state, error);
}

function tooLate(action: string, path: string, limitMs: number, cause: unknown): GuestmarkError {
  return new GuestmarkError('timeout', `Cannot ${action}: ${path} did not end within ${limitMs} ms`, {
    cause,
  });
}

function toolFailure(action: string, state: string, cause: unknown): GuestmarkError {
  return new GuestmarkError('environment', `Cannot ${action}: ${state}`, { cause });
}
