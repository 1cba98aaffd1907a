// Calls what a benchmark brings along. Its functions are other people's code: what they throw must say which
// case and which function it was, because "Invalid typed array length" alone helps nobody.
import { describeError, GuestmarkError } from '../base/errors.ts';

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
    if (error instanceof GuestmarkError) throw error;
    throw new GuestmarkError(
      'usage',
      `Cannot run ${id}: ${what} of the benchmark failed: ${describeError(error)}`,
      {
        hint: 'the benchmark is at fault, or these axis values are not for it',
        cause: error,
      },
    );
  }
}
