// Lists Vulkan devices, and what their drivers say of themselves, in a process of their own: loading a driver can crash or hang, and
// neither may happen to the parent.
import { askChild } from './ask-child.ts';
import type { ListedDevice } from './protocol.ts';

/** Drivers of GPUs that were asleep take seconds to load; longer is a hang. */
const LIMIT_NS = 60e9;
const HINT = 'a Vulkan driver may be at fault: VK_DRIVER_FILES selects one driver to try alone';

/**
 * @param environment Added to the process environment.
 * @throws GuestmarkError (environment) without loader or driver, (crash) when a driver ends the process,
 * (timeout) when one hangs.
 */
export function listDevicesInChild(
  binding: 'auto' | 'nvk' | 'koffi',
  environment: Readonly<Record<string, string>>,
): Promise<readonly ListedDevice[]> {
  return askChild({
    work: { type: 'list-devices', binding },
    answerIn: (message) => (message.type === 'devices' ? message.devices : undefined),
    environment,
    limitNs: LIMIT_NS,
    action: 'list devices',
    silence: { state: `a driver did not answer within ${LIMIT_NS / 1e9} s`, hint: HINT },
    crashHint: HINT,
  });
}
