// From what a user types after --device to one of the devices. Pure.

import { valueOrUndefined } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import type { DeviceInfo, DeviceType } from './device-info.ts';

const PREFERENCE: readonly DeviceType[] = ['discrete-gpu', 'integrated-gpu', 'virtual-gpu', 'other', 'cpu'];

/**
 * Picks a device: by index, UUID (with or without dashes), PCI address (without domain it is in domain 0000)
 * or part of its name (any case; a number in whole: `770` is in "A770", `7` is not); without a wish the best
 * type (discrete, integrated, virtual, other, CPU), lowest index first.
 *
 * @throws GuestmarkError (environment) when there is no device at all, (usage) when nothing or more
 * than one name matches.
 */
export function selectDevice(devices: readonly DeviceInfo[], wish?: string): DeviceInfo {
  if (devices.length === 0) {
    throw new GuestmarkError('environment', 'Cannot pick a device: no Vulkan driver offers one', {
      hint: 'install the driver of your GPU, or run `guestmark setup` for a software device',
    });
  }
  if (wish === undefined) return bestDevice(devices);
  const wanted = wish.trim().toLowerCase();
  const matches = wanted === '' ? [] : matchDevices(devices, wanted);
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  const state = matches.length === 0 ? 'no device matches' : `${matches.length} devices match`;
  const known = devices.map((device) => `${device.index} ${device.name}`).join(', ');
  throw new GuestmarkError('usage', `Cannot pick device "${wish}": ${state}`, { hint: `devices: ${known}` });
}

function bestDevice(devices: readonly DeviceInfo[]): DeviceInfo {
  const rank = (device: DeviceInfo): number => PREFERENCE.indexOf(device.type);
  return [...devices].sort((a, b) => rank(a) - rank(b) || a.index - b.index)[0] as DeviceInfo;
}

function matchDevices(devices: readonly DeviceInfo[], wish: string): readonly DeviceInfo[] {
  const isNumber = /^\d+$/.test(wish);
  const indexed = isNumber ? devices.filter((device) => device.index === Number(wish)) : [];
  if (indexed.length > 0) return indexed;
  const plain = (text: string | undefined): string | undefined => text?.toLowerCase().replaceAll('-', '');
  const exact = devices.filter(
    (device) =>
      plain(valueOrUndefined(device.uuid)) === plain(wish) ||
      [wish, `0000:${wish}`].includes(valueOrUndefined(device.pciAddress)?.toLowerCase() ?? ''),
  );
  if (exact.length > 0) return exact;
  const fits = (name: string): boolean => (isNumber ? name.split(/\D+/).includes(wish) : name.includes(wish));
  return devices.filter((device) => fits(device.name.toLowerCase()));
}
