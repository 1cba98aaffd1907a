// How a process ended, in words: for messages about processes that should not have ended. Pure.
import type { ExitRecord } from './child-exit.ts';

/** The last lines are where a crash speaks. */
const LINES = 3;

/** From the line that names the error, where Node wrote one above its stack; else the last lines. */
function tellingLines(lastWords: string): readonly string[] {
  const lines = lastWords.split('\n');
  const error = lines.findLastIndex((line) => /^(\w*Error|\w+Exception|FATAL ERROR)\b.*:/.test(line));
  return error < 0 ? lines.slice(-LINES) : lines.slice(error, error + LINES);
}

/** `was ended by SIGSEGV (last words: …)`: the predicate of a sentence about a process. */
export function describeExit(exit: ExitRecord): string {
  const words = tellingLines(exit.lastWords).join(' | ');
  return `${endOf(exit)} (${words === '' ? 'it left no last words' : `last words: ${words}`})`;
}

function endOf({ code, signal, outOfMemory, stuck }: ExitRecord): string {
  if (stuck) return 'could not be ended: it hangs in the kernel';
  const how = signal === null ? `exited with code ${code ?? 'unknown'}` : `was ended by ${signal}`;
  return outOfMemory === null ? how : `${how}, ${outOfMemory}`;
}

/**
 * What would help against such an end: `otherwise`, but for ends that say by themselves who is to blame.
 *
 * @param moreMemory What would help where memory is.
 */
export function exitHint(
  { signal, outOfMemory }: Pick<ExitRecord, 'signal' | 'outOfMemory'>,
  otherwise: string,
  moreMemory: string,
): string {
  if (outOfMemory !== null) return moreMemory;
  // Seccomp with SECCOMP_RET_KILL_PROCESS ends a process so, and nothing else does that on its own.
  return signal === 'SIGSYS'
    ? 'a seccomp filter forbids one of its system calls: let the container or service refuse such calls by EPERM instead'
    : otherwise;
}
