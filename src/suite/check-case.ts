// Whether a case makes sense at its point of the axes, found out before any device is opened: what a
// benchmark says of itself is evaluated once, and nonsense is refused in the user's terms.
import { describeError, GuestmarkError } from '../base/errors.ts';
import type { Case } from './case-id.ts';

/** A typed array cannot have more elements on every platform that Node supports; no device takes as many. */
const MOST_ELEMENTS = 2 ** 32;

/** @throws GuestmarkError (usage) naming the case and what does not fit. */
export function checkCase({ id, benchmark, axes }: Case): void {
  const refusal = evaluate(id, 'requires()', () => benchmark.requires?.(axes) ?? null);
  if (refusal !== null) refuse(id, refusal);
  for (const [name, plan] of Object.entries(benchmark.buffers)) {
    const elements = evaluate(id, `elements() of buffer "${name}"`, () => plan.elements(axes));
    if (!Number.isInteger(elements) || elements < 1 || elements > MOST_ELEMENTS)
      refuse(id, `buffer "${name}" would have ${elements} elements`);
  }
  for (const amount of ['bytes', 'flops', 'items'] as const) {
    const value = evaluate(id, `${amount}()`, () => benchmark[amount]?.(axes) ?? 0);
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      refuse(id, `an iteration would count ${value} ${amount}`);
  }
  for (const step of evaluate(id, 'work()', () => benchmark.work(axes))) {
    const groups = step.op === 'dispatch' && !('buffer' in step.groups) ? step.groups : [];
    if (!groups.every((count) => Number.isInteger(count) && count > 0))
      refuse(id, `a dispatch would have ${groups.join(' × ')} workgroups`);
  }
}

/** Calls a function of the benchmark; what it throws becomes a message that says where. */
function evaluate<T>(id: string, what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    return refuse(id, `${what} of the benchmark failed: ${describeError(error)}`, error);
  }
}

function refuse(id: string, state: string, cause?: unknown): never {
  const hint = 'choose other values with --axis or in brackets; `guestmark list` shows the planned ones';
  throw new GuestmarkError('usage', `Cannot run ${id}: ${state}`, { hint, cause });
}
