// Which queue family computes. A pure rule over what the device lists; the command line may overrule it.
import { GuestmarkError } from '../base/errors.ts';
import type { QueueFamilyInfo } from './device-info.ts';

/**
 * Picks the queue family for compute work:
 * 1. the one asked for, if it can compute;
 * 2. else among those with compute: timestamps (timestampValidBits > 0) before none, then a dedicated
 *    compute family before one that also does graphics, then the lowest index.
 *
 * A family without timestamps costs the suite its GPU clock, which is why that comes first.
 *
 * @throws GuestmarkError (usage) for an index that is absent or cannot compute, (unsupported) where no
 * family can compute.
 */
export function pickQueueFamily(families: readonly QueueFamilyInfo[], wanted?: number): QueueFamilyInfo {
  if (wanted !== undefined) return requireFamily(families, wanted);
  const rank = (family: QueueFamilyInfo): number =>
    (family.timestampValidBits > 0 ? 0 : 2) + (family.graphics ? 1 : 0);
  const [best] = families
    .filter((family) => family.compute)
    .sort((a, b) => rank(a) - rank(b) || a.index - b.index);
  if (best === undefined) {
    throw new GuestmarkError('unsupported', 'Cannot pick a queue family: the device has none that computes', {
      hint: 'pick another device with --device',
    });
  }
  return best;
}

function requireFamily(families: readonly QueueFamilyInfo[], wanted: number): QueueFamilyInfo {
  const family = families.find(({ index }) => index === wanted);
  const able = families
    .filter(({ compute }) => compute)
    .map(({ index }) => index)
    .join(', ');
  if (family?.compute === true) return family;
  const state = family === undefined ? 'the device does not have it' : 'it cannot compute';
  throw new GuestmarkError('usage', `Cannot use queue family ${wanted}: ${state}`, {
    hint: `families that compute: ${able === '' ? 'none' : able}`,
  });
}
