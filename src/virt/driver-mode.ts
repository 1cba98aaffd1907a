// How the vendor's own driver says that its GPU is virtualized: NVML for NVIDIA, the kernel's amdgpu for AMD. The strongest
// sign that there is; everything else is only asked where they are silent. Runs native code.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { openNvmlDevice } from '../device-state/nvml-device.ts';
import { succeeded } from '../device-state/nvml-library.ts';
import { readAmdgpuMode } from './amdgpu-mode.ts';
import type { DriverMode } from './machine.ts';
import { checkedAddress, functionFolder } from './pci-address.ts';
import { plainText } from './plain-text.ts';

/** Asks the driver of the device at a PCI address. Never throws. */
export function readDriverMode(address: string, files: SystemFiles): Available<DriverMode> {
  const checked = checkedAddress(address);
  if (!checked.available) return checked;
  const vendor = files.read(`${functionFolder(checked.value)}/vendor`);
  if (!vendor.available) return vendor;
  const id = plainText(vendor.value).toLowerCase();
  if (id === '0x10de') return readNvmlMode(checked.value);
  if (id === '0x1002') return readAmdgpu(checked.value, files);
  return unavailable(`no driver of vendor ${id} can be asked how it is virtualized`);
}

/** @param library The file of NVML; the driver's own by default. */
export function readNvmlMode(address: string, library?: string): Available<DriverMode> {
  const opened = openNvmlDevice(address, library);
  if (!opened.available) return opened;
  using device = opened.value;
  const { nvml, handle } = device;
  const mode: [number] = [0];
  const told = succeeded(nvml, 'nvmlDeviceGetVirtualizationMode', nvml.virtualizationMode(handle, mode));
  if (!told.available) return told;
  // Both are unknown to drivers before 450, and to devices that cannot be cut.
  const [current, pending, instance]: [number][] = [[0], [0], [0]];
  const isCut = nvml.migMode(handle, current as [number], pending as [number]) === 0 && current?.[0] === 1;
  const isInstance = nvml.isMigDeviceHandle(handle, instance as [number]) === 0 && instance?.[0] === 1;
  return available({ library: 'NVML', mode: mode[0], mig: isCut || isInstance });
}

function readAmdgpu(address: string, files: SystemFiles): Available<DriverMode> {
  const names = files.list(`${functionFolder(address)}/drm`);
  if (!names.available) return names;
  const node = names.value.find((name) => /^renderD\d{1,4}$/.test(name));
  if (node === undefined) return unavailable(`${functionFolder(address)}/drm: it holds no render node`);
  return mapAvailable(readAmdgpuMode(`/dev/dri/${node}`), (mode) => ({
    library: 'amdgpu' as const,
    mode,
    mig: false,
  }));
}
