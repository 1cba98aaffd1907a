// Chooses how the state of a device can be read: by its vendor's library or by the files of its driver. Takes the device as
// Vulkan describes it, and needs no Vulkan.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { DeviceStateChange, DeviceStateReader } from './device-state.ts';
import { openNvmlState } from './nvml-state.ts';
import { openSysfsState } from './sysfs-state.ts';

/** What is asked of a device. */
export interface StatefulDevice {
  readonly software: boolean;
  /** The vendor by its PCI number. */
  readonly vendorId: number;
  /** `0000:01:00.0`. */
  readonly pciAddress: Available<string>;
}

const NVIDIA = 0x10de;
const AMD = 0x1002;

/** Opens what reads the state of a device, or says why nothing does. */
export function openDeviceState(
  { software, vendorId, pciAddress }: StatefulDevice,
  files: SystemFiles,
): Available<DeviceStateReader> {
  if (software) return unavailable('a software device has no clocks of its own');
  if (!pciAddress.available) return pciAddress;
  if (vendorId === NVIDIA) return openNvmlState(pciAddress.value);
  if (vendorId === AMD) return openSysfsState(pciAddress.value, files);
  const vendor = `0x${vendorId.toString(16).padStart(4, '0')}`;
  return unavailable(`it is read of NVIDIA and AMD devices, and this one is of vendor ${vendor}`);
}

/** Reads now; what it returns reads again. */
export function watchState(reader: Available<DeviceStateReader>): () => Available<DeviceStateChange> {
  if (!reader.available) return () => reader;
  const before = reader.value.read();
  return () => available({ before, after: reader.value.read() });
}
