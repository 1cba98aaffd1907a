// What ACPI says of the machine: the names of devices, which everybody may read, and the maker of the tables, which only root
// may. Tables of names; what the devices are used for is told elsewhere.
import { type Available, mapAvailable } from '../base/availability.ts';
import { ownValue } from '../base/own-value.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { Evidence } from './evidence.ts';
import type { Machine } from './machine.ts';
import { plainText } from './plain-text.ts';

const ACPI_DEVICES = '/sys/bus/acpi/devices';
const ACPI_TABLES = '/sys/firmware/acpi/tables';
const FADT = `${ACPI_TABLES}/FACP`;

/** Ids of devices without their numbers: `VMGENCTR` for `VMGENCTR:00`. */
export function acpiIds(files: SystemFiles): Available<ReadonlySet<string>> {
  return mapAvailable(
    files.list(ACPI_DEVICES),
    (names) => new Set(names.map((name) => plainText(name.split(':')[0] as string).toUpperCase())),
  );
}

/**
 * Devices that no board has. The ids are written by the program that makes the machine, hence never certain; what several
 * programs offer says only that there is one. `QEMU0002` (fw_cfg) is also offered by bhyve, crosvm and Cloud Hypervisor, but
 * only on request.
 */
const DEVICE_ROWS: Readonly<Record<string, Evidence['says']>> = {
  VMGENCTR: { virtual: true },
  VM_GEN_COUNTER: { virtual: true },
  VMGENID: { virtual: true },
  HYPER_V_GEN_COUNTER_V1: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
  QEMUVGID: { virtual: true, monitor: 'qemu' },
  FCVMGID: { virtual: true, monitor: 'firecracker' },
  AMZNC10C: { virtual: true },
  VMCLOCK: { virtual: true },
  QEMU0001: { virtual: true, monitor: 'qemu' },
  QEMU0002: { virtual: true, monitor: 'qemu' },
  VMBUS: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
  MSFT1000: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
  XEN0000: { virtual: true, hypervisor: 'xen', monitor: 'xen' },
  LNRO0005: { virtual: true },
};

/** What the devices are, for the reader of the evidence. */
const DEVICE_MEANINGS: Readonly<Record<string, string>> = {
  VMGENCTR: 'VM generation id',
  VM_GEN_COUNTER: 'VM generation id',
  VMGENID: 'VM generation id',
  HYPER_V_GEN_COUNTER_V1: 'VM generation id of Hyper-V',
  QEMUVGID: 'VM generation id of QEMU',
  FCVMGID: 'VM generation id of Firecracker',
  AMZNC10C: 'VM clock',
  VMCLOCK: 'VM clock',
  QEMU0001: 'pvpanic',
  QEMU0002: 'fw_cfg',
  VMBUS: 'VMBus',
  MSFT1000: 'VMBus',
  XEN0000: "Xen's device",
  LNRO0005: 'virtio-mmio',
};

/**
 * The maker of the tables, bytes 10 to 15 of each; the texts are trimmed. QEMU lets its user choose another (`x-oem-id`), so a
 * match is likely and a miss says nothing. EC2's bare metal has Amazon's tables too.
 */
const OEM_ROWS: Readonly<Record<string, Evidence['says']>> = {
  FIRECK: { virtual: true, monitor: 'firecracker' },
  BOCHS: { virtual: true, monitor: 'qemu' },
  CLOUDH: { virtual: true, monitor: 'cloud-hypervisor' },
  CROSVM: { virtual: true, monitor: 'crosvm' },
  VRTUAL: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
  VBOX: { virtual: true, monitor: 'virtualbox' },
  AMAZON: { cloud: 'AWS' },
  Google: { virtual: true, hypervisor: 'kvm', monitor: 'google', cloud: 'Google Cloud' },
  Xen: { virtual: true, hypervisor: 'xen', monitor: 'xen' },
  PRLS: { virtual: true, hypervisor: 'parallels', monitor: 'parallels' },
  BHYVE: { virtual: true, hypervisor: 'bhyve', monitor: 'bhyve' },
  ACRN: { virtual: true, hypervisor: 'acrn' },
};

/** "Hypervisor Vendor Identity" of the FADT (ACPI 6.0, 5.2.9): eight characters. */
const VENDOR_ROWS: Readonly<Record<string, Evidence['says']>> = {
  FIRECKVM: { virtual: true, monitor: 'firecracker' },
  QEMU: { virtual: true, monitor: 'qemu' },
};

/** Signs of ACPI: the tables first where they may be read, then devices in the order of their names. */
export function acpiEvidence({ files }: Machine): readonly Evidence[] {
  return [...fadtEvidence(files), ...emulatedEvidence(files), ...deviceEvidence(files)];
}

function deviceEvidence(files: SystemFiles): readonly Evidence[] {
  const ids = acpiIds(files);
  if (!ids.available) return [];
  return [...ids.value].flatMap((id): readonly Evidence[] => {
    const says = ownValue(DEVICE_ROWS, id);
    if (says === undefined) return [];
    const found = `${id} (${ownValue(DEVICE_MEANINGS, id)})`;
    return [{ source: ACPI_DEVICES, found, says, confidence: 'likely' }];
  });
}

/**
 * Firecracker writes both names into its FADT, has no option for either, and nobody else writes the second: together they are
 * certain. One alone could be set by the user of another program.
 */
function fadtEvidence(files: SystemFiles): readonly Evidence[] {
  const fadt = files.read(FADT, 'latin1');
  if (!fadt.available || !fadt.value.startsWith('FACP')) return [];
  const oem = plainText(fadt.value.slice(10, 16));
  const vendor = hypervisorVendor(fadt.value);
  const isFirecracker = oem === 'FIRECK' && vendor === 'FIRECKVM';
  const sign = (found: string, says: Evidence['says'] | undefined): readonly Evidence[] =>
    says === undefined
      ? []
      : [{ source: FADT, found, says, confidence: isFirecracker ? 'certain' : 'likely' }];
  return [
    ...sign(`OEM id ${oem}`, ownValue(OEM_ROWS, oem)),
    ...sign(
      `hypervisor vendor ${vendor}`,
      vendor === '' ? undefined : (ownValue(VENDOR_ROWS, vendor) ?? { virtual: true }),
    ),
  ];
}

/** Since revision 6, at byte 268; zeros where no hypervisor made the table. */
function hypervisorVendor(fadt: string): string {
  return fadt.charCodeAt(8) < 6 ? '' : plainText(fadt.slice(268, 276));
}

/** WAET, "Windows ACPI Emulated Devices Table" (Microsoft): which devices are emulated well. No board has it. */
function emulatedEvidence(files: SystemFiles): readonly Evidence[] {
  const tables = files.list(ACPI_TABLES);
  if (!tables.available || !tables.value.includes('WAET')) return [];
  return [
    {
      source: ACPI_TABLES,
      found: 'WAET (table of emulated devices)',
      says: { virtual: true },
      confidence: 'likely',
    },
  ];
}
