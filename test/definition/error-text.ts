// What a user reads when something fails, for tests that compare it.
import { describeError, GuestmarkError } from '../../src/base/errors.ts';

/** The message and hint of a usage error; fails for anything else. */
export function errorText(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return usageText(error);
  }
  throw new Error('nothing was thrown');
}

/** The same of a promise. */
export async function rejectionText(promise: Promise<unknown>): Promise<string> {
  const [result] = await Promise.allSettled([promise]);
  if (result?.status === 'rejected') return usageText(result.reason);
  throw new Error('nothing was thrown');
}

function usageText(error: unknown): string {
  if (error instanceof GuestmarkError && error.code === 'usage') return describeError(error);
  throw error;
}
