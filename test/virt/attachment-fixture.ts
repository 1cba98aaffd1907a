// Recorded machines with a GPU, written into a temporary folder from a few words each, and the devices that Vulkan shows there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { available, unavailable } from '../../src/base/availability.ts';
import { certain } from '../../src/virt/finding.ts';
import type { AttachmentSubject } from '../../src/virt/gpu-attachment.ts';
import type { DriverMode } from '../../src/virt/machine.ts';
import { MANIFEST_FILE } from '../../src/virt/manifest.ts';
import { type RecordedMachine, recordedMachine } from '../../src/virt/open-machine.ts';
import type { VirtualizationInfo } from '../../src/virt/system-info.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

/** What a machine holds besides nothing. */
interface Recording {
  /** Files of /sys/bus/pci/devices, by address and name. */
  readonly functions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly driverModes?: Readonly<Record<string, DriverMode>>;
}

/** Writes a machine and opens it; the folder goes away with it. */
export function recordMachine({ functions = {}, files = {}, links = {}, driverModes = {} }: Recording): {
  readonly machine: RecordedMachine;
} & Disposable {
  const folder = temporaryFolder();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };
  for (const [address, names] of Object.entries(functions)) {
    for (const [name, text] of Object.entries(names)) write(`sys/bus/pci/devices/${address}/${name}`, text);
  }
  for (const [path, text] of Object.entries(files)) write(path, text);
  write(MANIFEST_FILE, JSON.stringify({ links, driverModes }));
  return { machine: recordedMachine(folder.path), [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** `vendor` and `device` as sysfs has them, and a subsystem. */
export function numbers(pair: string, subsystem = '10de:1626'): Readonly<Record<string, string>> {
  const [vendor, device] = pair.split(':');
  const [subVendor, subDevice] = subsystem.split(':');
  return {
    vendor: `0x${vendor}\n`,
    device: `0x${device}\n`,
    subsystem_vendor: `0x${subVendor}\n`,
    subsystem_device: `0x${subDevice}\n`,
  };
}

/** A discrete GPU with one heap of 80 GiB that the CPU sees. */
export function gpu(changes: Partial<AttachmentSubject> = {}): AttachmentSubject {
  return {
    name: 'NVIDIA H100 80GB HBM3',
    software: false,
    type: 'discrete-gpu',
    vendorId: 0x10de,
    deviceId: 0x2330,
    driverId: available(4),
    pciAddress: available('0000:01:00.0'),
    renderNode: unavailable('the device lacks VK_EXT_physical_device_drm'),
    memoryHeaps: [{ index: 0, bytes: 80 * 2 ** 30, deviceLocal: true }],
    memoryTypes: [{ heapIndex: 0, deviceLocal: true, hostVisible: true }],
    ...changes,
  };
}

type Virtual = Pick<VirtualizationInfo, 'virtual' | 'hypervisor'>;

/** What src/virt says of a guest, and of a machine without a hypervisor. */
export const GUEST: Virtual = {
  virtual: certain(true, 'CPUID 0x00000001'),
  hypervisor: certain({ id: 'kvm', name: 'KVM' }, 'CPUID 0x40000000'),
};
export const BARE: Virtual = {
  virtual: certain(false, 'CPUID 0x00000001'),
  hypervisor: certain({ id: 'none', name: 'none' }, 'CPUID 0x00000001'),
};
