// Loads a part of this program when it is asked for: what some verb needs takes five times as long to load as Node takes to
// start, and `guestmark system` is done before that.
import { problemOfLoading } from './loading-problem.ts';

/** Awaits `import()` of a part that not every command needs; what cannot be loaded is told as such. */
export async function loadPart<T>(module: Promise<T>): Promise<T> {
  try {
    return await module;
  } catch (error) {
    throw problemOfLoading(error) ?? error;
  }
}
