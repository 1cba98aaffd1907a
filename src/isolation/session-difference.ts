// All runs of a report must have been made with the same device, driver and clocks: its header speaks
// for every sample in it. A device that vanished between two runs would else be replaced in silence.
import type { Available } from '../base/availability.ts';
import type { SessionRecord } from './protocol.ts';

/**
 * What differs between the first process of a report and a later one.
 *
 * @returns `the device is B and was A`, or null where the two are alike.
 */
export function sessionDifference(first: SessionRecord, later: SessionRecord): string | null {
  const before = identity(first);
  const now = identity(later);
  const what = Object.keys(before).find((key) => before[key] !== now[key]);
  return what === undefined ? null : `the ${what} is ${now[what]} and was ${before[what]}`;
}

/** What must be the same, in words that a message can use. */
function identity({ device, queueFamilyIndex, binding, clocks }: SessionRecord): Record<string, string> {
  return {
    device: device.name,
    'device UUID': text(device.uuid),
    driver: `${text(device.driver.name)} ${text(device.driver.info)} (${device.driver.version})`,
    'queue family': String(queueFamilyIndex),
    'route of the timed calls': JSON.stringify(binding.timedCalls),
    'snapshot clock': clocks.snapshotClock,
    'stamp clock': clocks.stampClock,
  };
}

function text(value: Available<string>): string {
  return value.available ? value.value : value.reason;
}
