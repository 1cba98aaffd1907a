// Runs the operation of a host benchmark some times on a real device, and asks it whether all went well; measures nothing.
import type { GuestmarkError } from '../../src/base/errors.ts';
import { Scope } from '../../src/base/scope.ts';
import type { Case } from '../../src/suite/case-id.ts';
import { checkNeeds } from '../../src/suite/check-needs.ts';
import { describeMismatch } from '../../src/suite/verification.ts';
import type { OpenedDevice } from '../../src/vulkan/index.ts';
import { hostContextOn } from './host-context-on.ts';
import type { Outcome } from './on-device.ts';

const TIMES = 3;

/** SPIR-V in the place of shipped kernels, by their names; `asked` receives the names of all that were asked for. */
export interface ReplacedKernels {
  readonly kernels: Readonly<Record<string, Uint8Array>>;
  readonly asked: string[];
}

/** Makes the operation, runs it {@link TIMES} times, and verifies. */
export async function verifyOperationOn(
  { device, opening }: OpenedDevice,
  one: Case,
  replaced: ReplacedKernels = { kernels: {}, asked: [] },
): Promise<Outcome> {
  using scope = new Scope();
  try {
    return await verified({ device, opening }, one, scope, replaced);
  } catch (error) {
    const { code, message } = error as GuestmarkError;
    if (code === 'unsupported') return { status: 'skipped', reason: message };
    throw error;
  }
}

async function verified(
  { device, opening }: Pick<OpenedDevice, 'device' | 'opening'>,
  one: Case,
  scope: Scope,
  { kernels, asked }: ReplacedKernels,
): Promise<Outcome> {
  checkNeeds(one, device.info);
  const host = hostContextOn({ device, opening }, one, scope);
  const kernel = (name: string): Uint8Array => {
    asked.push(name);
    return kernels[name] ?? host.kernel(name);
  };
  const operation = await one.benchmark.operation?.(one.axes, { ...host, kernel });
  if (operation === undefined) throw new Error(`${one.id} has no operation`);
  for (let time = 0; time < TIMES; time++) {
    operation.run();
    operation.wait?.();
    operation.reset?.();
  }
  const verification = operation.verify(TIMES);
  for (const { id, estimate } of operation.figures?.() ?? [])
    if (
      estimate.available &&
      !(estimate.value.low <= estimate.value.value && estimate.value.value <= estimate.value.high)
    )
      return { status: 'wrong', reason: `the figure ${id} lies outside of its bounds` };
  if (!verification.ok) return { status: 'wrong', reason: describeMismatch(verification) };
  return verification.checked > 0
    ? { status: 'ok', checked: verification.checked }
    : { status: 'wrong', reason: 'nothing was compared' };
}
