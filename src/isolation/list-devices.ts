// Lists Vulkan devices, and how each is attached, in a process of their own: loading a driver can crash or hang, and
// neither may happen to the parent.
import { GuestmarkError } from '../base/errors.ts';
import { type ExitRecord, forkChild } from './child-process.ts';
import { describeExit } from './describe-exit.ts';
import { errorFrom } from './error-record.ts';
import type { ErrorRecord, ListedDevice } from './protocol.ts';

/** Drivers of GPUs that were asleep take seconds to load; longer is a hang. */
const LIMIT_MS = 60_000;

/**
 * @param environment Added to the process environment.
 * @throws GuestmarkError (environment) without loader or driver, (crash) when a driver ends the process,
 * (timeout) when one hangs.
 */
export async function listDevicesInChild(
  binding: 'auto' | 'nvk' | 'koffi',
  environment: Readonly<Record<string, string>>,
): Promise<readonly ListedDevice[]> {
  let devices: readonly ListedDevice[] | null = null;
  let error: ErrorRecord | null = null;
  let hung = false;
  const child = forkChild(environment, (message) => {
    if (message.type === 'ready') child.send({ type: 'list-devices', binding });
    else if (message.type === 'devices') devices = message.devices;
    else if (message.type === 'failed') error = message.error;
  });
  const watchdog = setTimeout(() => {
    hung = true;
    child.kill();
  }, LIMIT_MS);
  const exit = await child.exited.finally(() => clearTimeout(watchdog));
  if (devices !== null) return devices;
  throw failure(error, exit, hung);
}

function failure(error: ErrorRecord | null, exit: ExitRecord, hung: boolean): Error {
  if (error !== null) return errorFrom(error);
  const hint = 'a Vulkan driver may be at fault: VK_DRIVER_FILES selects one driver to try alone';
  if (hung) {
    const message = `Cannot list devices: a driver did not answer within ${LIMIT_MS / 1000} s`;
    return new GuestmarkError('timeout', message, { hint });
  }
  return new GuestmarkError('crash', `Cannot list devices: the process ${describeExit(exit)}`, { hint });
}
