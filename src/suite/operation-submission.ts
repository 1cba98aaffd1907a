// An operation in the shape of a submission, so that warm-up, sampling and the ledger have one thing to time.
import { unavailable } from '../base/availability.ts';
import type { Submission } from '../vulkan/compute-device.ts';
import type { Operation } from './operation.ts';

const nothing = (): void => undefined;

/**
 * The submission that runs the operation `iterations` times.
 *
 * @param count Told after every submission how many operations it was.
 */
export function operationSubmission(
  { run, wait, reset, ticks }: Pick<Operation, 'run' | 'wait' | 'reset' | 'ticks'>,
  iterations: number,
  count: (operations: number) => void,
): Submission {
  const none = unavailable('the operation has no timestamps');
  return {
    submit: iterations === 1 ? run : repeated(run, iterations),
    wait: wait ?? nothing,
    reset: () => {
      count(iterations);
      reset?.();
    },
    ticks: ticks ?? (() => none),
    [Symbol.dispose]: nothing,
  };
}

/**
 * V8 keeps what it learns of the loop for all functions that are made here, so that a single operation would be inlined
 * and a second one not any more: own-cost.ts sees to it that none is.
 */
function repeated(run: () => void, iterations: number): () => void {
  return () => {
    for (let i = 0; i < iterations; i++) run();
  };
}
