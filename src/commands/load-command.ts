// Loads a verb when it is asked for: what the other verbs need takes five times as long to load as Node takes to start, and
// `guestmark system` is done before that.
import { problemOfLoading } from '../base/loading-problem.ts';

/** Awaits `import()` of a verb; what cannot be loaded is told as such. */
export async function loadCommand<T>(module: Promise<T>): Promise<T> {
  try {
    return await module;
  } catch (error) {
    throw problemOfLoading(error) ?? error;
  }
}
