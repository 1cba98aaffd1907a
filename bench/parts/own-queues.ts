// A device of its own with several queues: that of the session has one, as programs that measure should.
import { GuestmarkError, type HostContext } from 'guestmark';
import { createLogicalDevice, type LogicalDevice, type LogicalDeviceOptions } from 'guestmark/vulkan';

/**
 * Opens the physical device of the session once more, with a queue for each priority.
 *
 * @throws GuestmarkError (unsupported) where the family of the session has fewer queues.
 */
export function openQueues(
  name: string,
  { vulkan, scope }: Pick<HostContext, 'vulkan' | 'scope'>,
  options: LogicalDeviceOptions,
): LogicalDevice {
  const { instance, physical, info, family, options: session } = vulkan();
  const { queueCount } = family;
  if ((options.queuePriorities?.length ?? 1) > queueCount)
    throw new GuestmarkError(
      'unsupported',
      `Cannot run ${name}: the queue family has ${queueCount === 1 ? 'one queue' : `${queueCount} queues`}`,
    );
  return scope.use(
    createLogicalDevice(instance, { handle: physical, info }, family, { ...session, ...options }),
  );
}
