// What the buses say: the channels that guests have to Xen and Hyper-V, and the numbers of PCI functions that no board has. The
// buses exist where the kernel has talked with the hypervisor; the numbers are those of the PCI id database.
import type { SystemFiles } from '../base/system-files.ts';
import type { Evidence } from './evidence.ts';
import type { Machine } from './machine.ts';
import { PCI_DEVICES } from './pci-address.ts';
import { hex4, listPciFunctions, type PciFunction, pciId } from './pci-functions.ts';
import { plainText } from './plain-text.ts';

/** Signs of buses, in the order: what Xen tells of itself, channels, PCI. */
export function busEvidence({ files }: Machine): readonly Evidence[] {
  return [
    ...hypervisorEvidence(files),
    ...domainEvidence(files),
    ...channelEvidence(files),
    ...pciEvidence(files),
  ];
}

/** The kernel fills this folder only on Xen (Documentation/ABI/testing/sysfs-hypervisor-xen); its UUID is not read. */
const HYPERVISOR = '/sys/hypervisor';

function hypervisorEvidence(files: SystemFiles): readonly Evidence[] {
  const type = files.read(`${HYPERVISOR}/type`);
  if (!type.available) return [];
  const found = plainText(type.value);
  if (found === '') return [];
  const isXen = found === 'xen';
  const says: Evidence['says'] = isXen
    ? { virtual: true, hypervisor: 'xen' }
    : { virtual: true, hypervisor: 'other' };
  const version = files.read(`${HYPERVISOR}/version/extra`);
  const amazon = version.available && /^\.amazon/.test(version.value.trim());
  return [
    { source: `${HYPERVISOR}/type`, found, says, confidence: isXen ? 'certain' : 'likely' },
    ...(amazon ? [amazonEvidence(version.value)] : []),
  ];
}

function amazonEvidence(version: string): Evidence {
  const source = `${HYPERVISOR}/version/extra`;
  return { source, found: plainText(version), says: { cloud: 'AWS' }, confidence: 'likely' };
}

/** XENFEAT_dom0 of xen/include/public/features.h. */
const DOM0_BIT = 1n << 11n;
const PRIVILEGED: Pick<Evidence, 'says' | 'exception'> = {
  says: { virtual: true, hypervisor: 'xen', privileged: true },
  exception:
    'the privileged domain: Xen hands out its CPUs as those of any other, but its devices are the real ones',
};

/** Xen's privileged domain (dom0) runs on Xen as well, which systemd calls no virtual machine. */
export function domainEvidence(files: SystemFiles): readonly Evidence[] {
  const says: Evidence['says'] = { virtual: true, hypervisor: 'xen' };
  const path = `${HYPERVISOR}/properties/features`;
  const features = files.read(path);
  const digits = features.available
    ? /^(?:0x)?([0-9a-f]{1,16})$/i.exec(features.value.trim())?.[1]
    : undefined;
  if (digits !== undefined && (BigInt(`0x${digits}`) & DOM0_BIT) !== 0n)
    return [{ source: path, found: `${digits}: bit 11, dom0`, confidence: 'certain', ...PRIVILEGED }];
  const capabilities = files.read('/proc/xen/capabilities');
  if (!capabilities.available) return [];
  const isDom0 = capabilities.value.slice(0, 1024).includes('control_d');
  const found = isDom0 ? 'control_d' : 'a domain without privileges';
  const sign: Evidence = { source: '/proc/xen/capabilities', found, says, confidence: 'certain' };
  return [isDom0 ? { ...sign, ...PRIVILEGED } : sign];
}

/** Likely and not certain: QEMU can imitate both, for guests that are moved to KVM. */
const CHANNEL_ROWS: readonly { readonly path: string; readonly says: Evidence['says'] }[] = [
  { path: '/sys/bus/xen/devices', says: { virtual: true, hypervisor: 'xen' } },
  { path: '/sys/bus/vmbus/devices', says: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' } },
];

function channelEvidence(files: SystemFiles): readonly Evidence[] {
  return CHANNEL_ROWS.flatMap(({ path, says }): readonly Evidence[] => {
    const names = files.list(path);
    if (!names.available || names.value.length === 0) return [];
    const count = names.value.length;
    return [
      { source: path, found: `${count} ${count === 1 ? 'device' : 'devices'}`, says, confidence: 'likely' },
    ];
  });
}

interface PciRow {
  /** `1af4` for all of a maker's, or `15ad:0740`. */
  readonly id?: string;
  /** Of the subsystem, where the device itself is a copy of a real one. */
  readonly subsystem?: string;
  readonly says: Evidence['says'];
}

/**
 * Numbers that no board has, the more telling first; a function counts for the first row that it matches. QEMU and VirtualBox
 * imitate VMware's graphics and network, so only its VMCI names VMware. Virtio is also made in hardware (network cards that
 * offload it), on bare metal of clouds too: likely. Amazon's and Google's devices are in their bare metal as well.
 */
const PCI_ROWS: readonly PciRow[] = [
  { id: '15ad:0740', says: { virtual: true, hypervisor: 'vmware', monitor: 'vmware' } },
  { id: '15ad', says: { virtual: true } },
  { id: '80ee', says: { virtual: true, monitor: 'virtualbox' } },
  { id: '1ab8', says: { virtual: true, hypervisor: 'parallels', monitor: 'parallels' } },
  { id: '5853', says: { virtual: true, hypervisor: 'xen', monitor: 'xen' } },
  { id: 'fb5d', says: { virtual: true, monitor: 'bhyve' } },
  { id: '1414:5353', says: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' } },
  { id: '1414:008e', says: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' } },
  { id: '1414:00ba', says: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v', cloud: 'Azure' } },
  { id: '1234:1111', says: { virtual: true, monitor: 'qemu' } },
  { id: '1b36', says: { virtual: true, monitor: 'qemu' } },
  { subsystem: '1af4:1100', says: { virtual: true, monitor: 'qemu' } },
  { id: '1d0f:ec20', says: { cloud: 'AWS' } },
  { id: '1d0f:ec21', says: { cloud: 'AWS' } },
  { id: '1d0f:8061', says: { cloud: 'AWS' } },
  { id: '1ae0:0042', says: { cloud: 'Google Cloud' } },
  { id: '1af4', says: { virtual: true } },
];

function pciEvidence(files: SystemFiles): readonly Evidence[] {
  const functions = listPciFunctions(files);
  if (!functions.available) return [];
  const rows = functions.value.map((one) => PCI_ROWS.find((row) => matches(row, one)));
  return PCI_ROWS.flatMap((row) =>
    functionEvidence(
      row,
      functions.value.filter((_, index) => rows[index] === row),
    ),
  );
}

function matches({ id, subsystem }: PciRow, one: PciFunction): boolean {
  if (subsystem !== undefined) return one.subsystem === subsystem;
  return id === hex4(one.vendorId) || id === pciId(one);
}

function functionEvidence(
  { subsystem, says }: PciRow,
  functions: readonly PciFunction[],
): readonly Evidence[] {
  const first = functions[0];
  if (first === undefined) return [];
  const more = functions.length > 1 ? `, and ${functions.length - 1} like it` : '';
  const copied = subsystem === undefined ? '' : ` of subsystem ${subsystem}`;
  const source = `${PCI_DEVICES}/${first.address}`;
  return [{ source, found: `${pciId(first)}${copied}${more}`, says, confidence: 'likely' }];
}
