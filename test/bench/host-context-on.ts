// The context of an operation on a real device, as the process of a run has it, for tests that make operations themselves.
import type { Scope } from '../../src/base/scope.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { interruptWatch } from '../../src/device-state/gpu-interrupts.ts';
import { openGuestConditions } from '../../src/guest/guest-conditions.ts';
import type { Case } from '../../src/suite/case-id.ts';
import { hostContext } from '../../src/suite/host-context.ts';
import type { HostContext } from '../../src/suite/operation.ts';
import { allowedCpus, openStampClock, threadIds } from '../../src/timing/index.ts';
import type { OpenedDevice } from '../../src/vulkan/index.ts';

/** The context of a case; `scope` ends with it. */
export function hostContextOn(
  { device, opening }: Pick<OpenedDevice, 'device' | 'opening'>,
  one: Case,
  scope: Scope,
): HostContext {
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
  return hostContext(session, one, scope, stamp.value.nowNs() + 60e9);
}
