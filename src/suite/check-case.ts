// Whether a case makes sense at its point of the axes, found out before any device is opened: what a
// benchmark says of itself is evaluated once, and nonsense is refused in the user's terms.
import type { WorkStep } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import { refuseCase } from './refuse-case.ts';
import { sizeBindings } from './sized-bindings.ts';

const OPERATIONS: readonly WorkStep['op'][] = ['dispatch', 'copy', 'fill'];

/** @throws GuestmarkError (usage) naming the case and what does not fit. */
export function checkCase(one: Case): void {
  const { id, benchmark, axes } = one;
  const refusal = callBenchmark(id, 'requires()', () => benchmark.requires?.(axes) ?? null);
  if (refusal !== null) refuseCase(id, refusal);
  sizeBindings(one);
  for (const amount of ['bytes', 'flops', 'items'] as const) {
    const value = callBenchmark(id, `${amount}()`, () => benchmark[amount]?.(axes) ?? 0);
    if (!(Number.isFinite(value) && value >= 0))
      refuseCase(id, `an iteration would count ${value} ${amount}`);
  }
  for (const what of ['work', 'reference'] as const) {
    checkSteps(
      id,
      what,
      callBenchmark(id, `${what}()`, () => benchmark[what]?.(axes) ?? []),
    );
  }
}

/** @throws GuestmarkError (usage) for what is no step, or a dispatch of no whole workgroups. */
function checkSteps(id: string, what: string, steps: unknown): void {
  if (!Array.isArray(steps)) refuseCase(id, `${what}() of the benchmark gives no list of steps`);
  for (const step of steps as readonly (Partial<WorkStep> | null | undefined)[]) {
    if (!OPERATIONS.includes(step?.op as WorkStep['op'])) refuseCase(id, `a step would be "${step?.op}"`);
    if (step?.op === 'dispatch') checkDispatch(id, step);
  }
}

function checkDispatch(id: string, { shader, entryPoint, groups }: Readonly<Record<string, unknown>>): void {
  checkGroups(id, groups);
  if (typeof shader !== 'string' && !(shader instanceof Uint8Array))
    refuseCase(id, 'the shader of a dispatch is neither a name nor bytes of SPIR-V');
  if (entryPoint !== undefined && typeof entryPoint !== 'string')
    refuseCase(id, `the entry point of a dispatch would be ${entryPoint}`);
}

function checkGroups(id: string, groups: unknown): void {
  if (typeof groups === 'object' && groups !== null && 'buffer' in groups) return;
  if (!Array.isArray(groups) || groups.length !== 3)
    refuseCase(id, 'a dispatch has no three counts of workgroups');
  if (!(groups as readonly unknown[]).every((count) => Number.isInteger(count) && (count as number) > 0))
    refuseCase(id, `a dispatch would have ${(groups as readonly unknown[]).join(' × ')} workgroups`);
}
