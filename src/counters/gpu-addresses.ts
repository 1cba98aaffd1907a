// Which devices of a vendor can be asked for counters: those whose place on the PCI bus is known, each once, however many
// drivers show it.
import { type Available, available, unavailable } from '../base/availability.ts';
import { checkedAddress } from '../virt/pci-address.ts';
import type { CountedDevice } from './counter.ts';

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
  const addresses = theirs.flatMap(({ pciAddress }) => {
    const checked = pciAddress.available ? checkedAddress(pciAddress.value) : pciAddress;
    return checked.available ? [checked.value] : [];
  });
  const usable = [...new Set(addresses)];
  return usable.length === 0
    ? unavailable(`the PCI address of the ${vendor} device is not known`)
    : available(usable.slice(0, MOST_DEVICES));
}
