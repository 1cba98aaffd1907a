// How a process ended, in words: for messages about processes that should not have ended. Pure.
import type { ExitRecord } from './child-process.ts';

/** The last lines are where a crash speaks. */
const LINES = 3;

/** `was ended by SIGSEGV (last words: …)`: the predicate of a sentence about a process. */
export function describeExit({ code, signal, lastWords }: ExitRecord): string {
  const how = signal === null ? `exited with code ${code ?? 'unknown'}` : `was ended by ${signal}`;
  const words = lastWords.split('\n').slice(-LINES).join(' | ');
  return `${how} (${words === '' ? 'it left no last words' : `last words: ${words}`})`;
}
