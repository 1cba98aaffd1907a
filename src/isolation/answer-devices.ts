// The process's answer to whoever asks for the Vulkan devices: each with what its vendor's driver says of itself. Loads drivers and
// vendors' libraries, which may end the process, and nothing that judges.
import { type SystemFiles, systemFiles } from '../base/system-files.ts';
import { readDriverMode } from '../virt/driver-mode.ts';
import { locateFunction } from '../virt/pci-address.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { listDevices } from '../vulkan/list-devices.ts';
import type { ListedDevice } from './protocol.ts';

/** The devices in the order of their index. */
export function answerDevices(binding: 'auto' | 'nvk' | 'koffi'): readonly ListedDevice[] {
  const files = systemFiles();
  return listDevices(binding).map((device) => ({ device, driverModes: driverModesOf(device, files) }));
}

function driverModesOf(device: DeviceInfo, files: SystemFiles): ListedDevice['driverModes'] {
  const { address } = locateFunction(device, files);
  return address.available ? { [address.value]: readDriverMode(address.value, files) } : {};
}
