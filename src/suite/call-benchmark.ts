// Calls what a benchmark brings along. Its functions are other people's code: what they throw must say which
// case and which function it was, because "Invalid typed array length" alone helps nobody.
import { describeError, GuestmarkError } from '../base/errors.ts';
import { memoryHint } from './memory-hint.ts';

/**
 * Calls a function of the benchmark.
 *
 * @param what The function in the message: `work()`.
 * @throws GuestmarkError (usage) for whatever it throws; a GuestmarkError of its own is passed on.
 */
export function callBenchmark<T>(id: string, what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw blamed(id, what, error);
  }
}

/** {@link callBenchmark} for a function that may give a promise. */
export async function awaitBenchmark<T>(id: string, what: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw blamed(id, what, error);
  }
}

function blamed(id: string, what: string, error: unknown): GuestmarkError {
  if (error instanceof GuestmarkError) return error;
  return new GuestmarkError(
    'usage',
    `Cannot run ${id}: ${what} of the benchmark failed: ${describeError(error)}`,
    {
      hint: memoryHint(error) ?? 'the benchmark is at fault, or these axis values are not for it',
      cause: error,
    },
  );
}
