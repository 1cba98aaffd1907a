// What Ctrl-C means while something is measured: stop, keep what there is, and say so. Only the command
// that has something to keep asks for it; the others end as any program does.
import { GuestmarkError } from '../base/errors.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** npm passes on a Ctrl-C that the terminal has sent already: two so close together are one. */
const ONE_KEY_PRESS_MS = 500;

/**
 * Handles SIGINT, SIGTERM and SIGHUP from now on: the first aborts the returned signal, a second one
 * ends the process at once.
 */
export function untilInterrupted(terminal: Pick<Terminal, 'note' | 'clearProgress'>): AbortSignal {
  const interruption = new AbortController();
  let firstMs = 0;
  const onSignal = (name: NodeJS.Signals): void => {
    if (interruption.signal.aborted) {
      if (performance.now() - firstMs > ONE_KEY_PRESS_MS) process.exit(EXIT.interrupted);
      return;
    }
    firstMs = performance.now();
    interruption.abort(new GuestmarkError('interrupted', `by ${name}`));
    terminal.clearProgress();
    terminal.note('Stopping, and keeping what was measured; once more ends at once.');
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return interruption.signal;
}
