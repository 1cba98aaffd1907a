// Which devices of a vendor can be asked for counters: those whose place on the PCI bus is known, each once, however many
// drivers show it.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CountedDevice } from './counter.ts';

/** `0000:01:00.0`; it becomes part of a path. */
const PCI_ADDRESS = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i;

/** More than any machine has: each costs a reading. */
const MOST_DEVICES = 64;

/** The addresses of a vendor's devices, or why there is none. */
export function gpuAddresses(
  devices: readonly CountedDevice[],
  vendorId: number,
  vendor: string,
): Available<readonly string[]> {
  if (devices.length === 0) return unavailable('there is no GPU to ask about');
  const theirs = devices.filter((device) => device.vendorId === vendorId && !device.software);
  if (theirs.length === 0) return unavailable(`none of the GPUs is one of ${vendor}`);
  const addresses = theirs.flatMap(({ pciAddress }) => (pciAddress.available ? [pciAddress.value] : []));
  const usable = [...new Set(addresses)].filter((address) => PCI_ADDRESS.test(address));
  return usable.length === 0
    ? unavailable(`the PCI address of the ${vendor} device is not known`)
    : available(usable.slice(0, MOST_DEVICES));
}
