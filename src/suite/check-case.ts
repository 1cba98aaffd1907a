// Whether a case makes sense at its point of the axes, found out before any device is opened: what a
// benchmark says of itself is evaluated once, and nonsense is refused in the user's terms.
import { GuestmarkError } from '../base/errors.ts';
import type { WorkStep } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';

/** A typed array cannot have more elements on every platform that Node supports; no device takes as many. */
const MOST_ELEMENTS = 2 ** 32;
const OPERATIONS: readonly WorkStep['op'][] = ['dispatch', 'copy', 'fill'];

/** @throws GuestmarkError (usage) naming the case and what does not fit. */
export function checkCase({ id, benchmark, axes }: Case): void {
  const refusal = callBenchmark(id, 'requires()', () => benchmark.requires?.(axes) ?? null);
  if (refusal !== null) refuse(id, refusal);
  for (const [name, plan] of Object.entries(benchmark.buffers)) {
    const elements = callBenchmark(id, `elements() of buffer "${name}"`, () => plan.elements(axes));
    if (!Number.isInteger(elements) || elements < 1 || elements > MOST_ELEMENTS)
      refuse(id, `buffer "${name}" would have ${elements} elements`);
  }
  for (const amount of ['bytes', 'flops', 'items'] as const) {
    const value = callBenchmark(id, `${amount}()`, () => benchmark[amount]?.(axes) ?? 0);
    if (!(Number.isFinite(value) && value >= 0)) refuse(id, `an iteration would count ${value} ${amount}`);
  }
  checkSteps(
    id,
    callBenchmark(id, 'work()', () => benchmark.work(axes)),
  );
}

/** @throws GuestmarkError (usage) for what is no step, or a dispatch of no whole workgroups. */
function checkSteps(id: string, steps: unknown): void {
  if (!Array.isArray(steps)) refuse(id, 'work() of the benchmark gives no list of steps');
  for (const step of steps as readonly (Partial<WorkStep> | null | undefined)[]) {
    if (!OPERATIONS.includes(step?.op as WorkStep['op'])) refuse(id, `a step would be "${step?.op}"`);
    if (step?.op === 'dispatch') checkGroups(id, step.groups);
  }
}

function checkGroups(id: string, groups: unknown): void {
  if (typeof groups === 'object' && groups !== null && 'buffer' in groups) return;
  if (!Array.isArray(groups) || groups.length !== 3)
    refuse(id, 'a dispatch has no three counts of workgroups');
  if (!(groups as readonly unknown[]).every((count) => Number.isInteger(count) && (count as number) > 0))
    refuse(id, `a dispatch would have ${(groups as readonly unknown[]).join(' × ')} workgroups`);
}

function refuse(id: string, state: string): never {
  const hint = 'choose other values with --axis or in brackets; `guestmark list` shows the planned ones';
  throw new GuestmarkError('usage', `Cannot run ${id}: ${state}`, { hint });
}
