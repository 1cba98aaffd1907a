// Runs the operation of a host benchmark some times on a real device, and asks it whether all went well; measures nothing.
import type { GuestmarkError } from '../../src/base/errors.ts';
import { Scope } from '../../src/base/scope.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { interruptWatch } from '../../src/device-state/gpu-interrupts.ts';
import { openGuestConditions } from '../../src/guest/guest-conditions.ts';
import type { Case } from '../../src/suite/case-id.ts';
import { checkNeeds } from '../../src/suite/check-needs.ts';
import { hostContext } from '../../src/suite/host-context.ts';
import { describeMismatch } from '../../src/suite/verification.ts';
import { allowedCpus, openStampClock, threadIds } from '../../src/timing/index.ts';
import type { OpenedDevice } from '../../src/vulkan/index.ts';
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
  const stamp = openStampClock();
  if (!stamp.available) throw new Error(stamp.reason);
  const files = systemFiles();
  const threads = threadIds(files);
  const session = {
    device,
    opening: { available: true, value: opening } as const,
    guest: scope.use(openGuestConditions(allowedCpus(files), files)),
    clocks: {
      stamp: stamp.value,
      watchInterrupts: interruptWatch(device.info, files),
      driverThreads: () => (threads.available ? threads.value.filter((id) => id !== process.pid) : []),
    },
    options: { seed: 1, run: 1 },
  };
  const host = hostContext(session, one, scope, stamp.value.nowNs() + 60e9);
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
