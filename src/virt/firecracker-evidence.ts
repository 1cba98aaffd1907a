// Firecracker on x86 without root. It has no DMI and no firmware, and its name stands only in tables that root alone may read;
// what everybody sees is a combination of devices that no other program makes.
import type { SystemFiles } from '../base/system-files.ts';
import { acpiIds } from './acpi-evidence.ts';
import { dmiTexts } from './dmi-evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Machine } from './machine.ts';
import { PCI_DEVICES } from './pci-address.ts';
import { listPciFunctions, type PciFunction, pciId } from './pci-functions.ts';

/** The host bridge of the virtual PCIe bus that Firecracker has from Cloud Hypervisor. */
const HOST_BRIDGE = '8086:0d57';
const VIRTIO = 0x1af4;
/** Display controllers and accelerators may be given to any guest. */
const GIVEN_CLASSES: ReadonlySet<number> = new Set([0x03, 0x12]);

/**
 * The combination, every part of which rules somebody out:
 *
 * 1. no DMI: Cloud Hypervisor, crosvm, QEMU's boards and EC2 have it
 * 2. ACPI devices of the VM clock or of the VM generation id: kvmtool and Cloud Hypervisor have neither
 * 3. the generic event device (ACPI0013), by which boards without fixed hardware tell of events: QEMU's PC boards lack it
 * 4. no fw_cfg (QEMU0002): QEMU's microvm, which has 1 and 3, shows it
 * 5. on the PCI bus, where there is one, that host bridge, virtio, and nothing else but GPUs
 *
 * Likely and not certain: a kernel without DMI support on another program's board could look the same, and any program
 * may change.
 */
export function firecrackerEvidence({ files }: Machine): readonly Evidence[] {
  const ids = acpiIds(files);
  if (!ids.available || dmiTexts(files).available) return [];
  const clocks = ['AMZNC10C', 'VMGENCTR', 'FCVMGID'].filter((id) => ids.value.has(id));
  if (clocks.length === 0 || !ids.value.has('ACPI0013') || ids.value.has('QEMU0002')) return [];
  if (!isBareBus(files)) return [];
  return [
    {
      source: `/sys/bus/acpi/devices, /sys/class/dmi/id and ${PCI_DEVICES}`,
      found: `${clocks.join(' and ')} with ACPI0013, no DMI, no fw_cfg, and only virtio on the PCI bus`,
      says: { virtual: true, monitor: 'firecracker' },
      confidence: 'likely',
    },
  ];
}

/** An empty bus is one too: until 2025 Firecracker's devices had none. */
function isBareBus(files: SystemFiles): boolean {
  const functions = listPciFunctions(files);
  return !functions.available || functions.value.every(isExpected);
}

function isExpected(one: PciFunction): boolean {
  return pciId(one) === HOST_BRIDGE || one.vendorId === VIRTIO || GIVEN_CLASSES.has(one.classCode >> 16);
}
