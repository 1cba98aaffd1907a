// What the device tree of Arm and Power machines says, and the system description of s390. Tables of names. The names that
// owners give their partitions are looked for and never read.
import type { SystemFiles } from '../base/system-files.ts';
import type { Evidence } from './evidence.ts';
import type { Machine } from './machine.ts';
import { plainText } from './plain-text.ts';

/** The first is a link to the second, which a recording may lack. */
const TREES = ['/proc/device-tree', '/sys/firmware/devicetree/base'] as const;
const SYSINFO = '/proc/sysinfo';

/** A device tree with the names of the nodes and properties at its root. */
export interface DeviceTree {
  readonly path: string;
  readonly names: readonly string[];
}

/** The tree, where the machine has one. */
export function deviceTree(files: SystemFiles): DeviceTree | undefined {
  for (const path of TREES) {
    const names = files.list(path);
    if (names.available && names.value.length > 0) return { path, names: names.value.slice(0, 4096) };
  }
  return undefined;
}

/** The texts of a property, which ends each with a NUL; at most eight. */
export function treeTexts(files: SystemFiles, path: string): readonly string[] {
  const text = files.read(path);
  if (!text.available) return [];
  const parts = text.value.slice(0, 4096).split('\0').slice(0, 8);
  return parts.map(plainText).filter((part) => part !== '');
}

interface TextRow {
  readonly contains: string;
  readonly says: Evidence['says'];
}

/**
 * `/hypervisor/compatible`: the node by which a hypervisor tells of its calls (devicetree bindings arm/xen.txt, ePAPR; systemd's
 * detect_vm_device_tree). Any other text there says that there is one.
 */
const HYPERVISOR_ROWS: readonly TextRow[] = [
  { contains: 'linux,kvm', says: { virtual: true, hypervisor: 'kvm' } },
  { contains: 'xen', says: { virtual: true, hypervisor: 'xen', monitor: 'xen' } },
  { contains: 'vmware', says: { virtual: true, hypervisor: 'vmware', monitor: 'vmware' } },
  { contains: '', says: { virtual: true, hypervisor: 'other' } },
];

/** `linux,dummy-virt` is what QEMU, kvmtool, crosvm and Firecracker call a board that does not exist. */
const COMPATIBLE_ROWS: readonly TextRow[] = [
  { contains: 'linux,dummy-virt', says: { virtual: true } },
  { contains: 'qemu,pseries', says: { virtual: true, monitor: 'qemu' } },
  { contains: 'ibm,powernv', says: { virtual: false, hypervisor: 'none' } },
  { contains: 'xen,xenvm', says: { virtual: true, hypervisor: 'xen', monitor: 'xen' } },
  { contains: 'riscv-virtio', says: { virtual: true, monitor: 'qemu' } },
  { contains: 'Firecracker', says: { virtual: true, monitor: 'firecracker' } },
];

/** Nodes and properties at the root, by the beginning of their names. */
const NODE_ROWS: readonly { readonly prefix: string; readonly says: Evidence['says'] }[] = [
  { prefix: 'fw-cfg', says: { virtual: true, monitor: 'qemu' } },
  { prefix: 'vmgenid', says: { virtual: true } },
];

/** Signs of the device tree, then of s390. */
export function deviceTreeEvidence({ files }: Machine): readonly Evidence[] {
  const tree = deviceTree(files);
  return [...(tree === undefined ? [] : treeEvidence(files, tree)), ...sysinfoEvidence(files)];
}

function treeEvidence(files: SystemFiles, tree: DeviceTree): readonly Evidence[] {
  const texts = (path: string, rows: readonly TextRow[]): readonly Evidence[] =>
    treeTexts(files, path).flatMap((found) => {
      const row = rows.find(({ contains }) => found.includes(contains));
      return row === undefined ? [] : [sign(path, found, row.says)];
    });
  return [
    ...texts(`${tree.path}/hypervisor/compatible`, HYPERVISOR_ROWS).slice(0, 1),
    ...texts(`${tree.path}/compatible`, COMPATIBLE_ROWS),
    ...NODE_ROWS.flatMap(({ prefix, says }) => nodeEvidence(tree, prefix, says)),
    ...powerEvidence(tree),
    ...firecrackerEvidence(files, tree),
  ];
}

function nodeEvidence(tree: DeviceTree, prefix: string, says: Evidence['says']): readonly Evidence[] {
  const name = tree.names.find((one) => one.startsWith(prefix));
  return name === undefined ? [] : [sign(tree.path, plainText(name), says)];
}

/** Only PowerVM's management console writes both properties; QEMU imitates one of them, with a node of its own (systemd). */
function powerEvidence({ path, names }: DeviceTree): readonly Evidence[] {
  const marks = ['ibm,partition-name', 'hmc-managed?'];
  if (!marks.every((mark) => names.includes(mark))) return [];
  return [sign(path, marks.join(' and '), { virtual: true, hypervisor: 'powervm' })];
}

/**
 * Firecracker on Arm shares its board's name with three others (systemd issue 40326). It alone puts the VM generation id
 * into the tree: QEMU has that only in ACPI, and shows its fw-cfg besides.
 */
function firecrackerEvidence(files: SystemFiles, { path, names }: DeviceTree): readonly Evidence[] {
  const isDummy = treeTexts(files, `${path}/compatible`).includes('linux,dummy-virt');
  const has = (prefix: string): boolean => names.some((name) => name.startsWith(prefix));
  if (!isDummy || !has('vmgenid') || has('fw-cfg')) return [];
  return [
    sign(path, 'linux,dummy-virt with vmgenid and no fw-cfg', { virtual: true, monitor: 'firecracker' }),
  ];
}

/**
 * The levels of /proc/sysinfo (Linux, arch/s390/kernel/sysinfo.c): `VM00` is the innermost hypervisor below the partition, and
 * a `VM01` the one around it. Names of guests and partitions are not read.
 */
const CONTROL_PROGRAM = /^VM00 Control Program:(.{0,100})$/m;

function sysinfoEvidence(files: SystemFiles): readonly Evidence[] {
  const text = files.read(SYSINFO);
  if (!text.available) return [];
  const sysinfo = text.value.slice(0, 65_536);
  const program = CONTROL_PROGRAM.exec(sysinfo)?.[1];
  if (program !== undefined) {
    const nested = /^VM01 /m.test(sysinfo) ? { nested: true } : {};
    return [sign(SYSINFO, plainText(program), { ...controlProgram(program), ...nested }, 'certain')];
  }
  if (!/^LPAR Number:/m.test(sysinfo)) return [];
  return [sign(SYSINFO, 'a logical partition', { virtual: true, hypervisor: 's390-lpar' }, 'certain')];
}

function controlProgram(program: string): Evidence['says'] {
  if (program.includes('z/VM')) return { virtual: true, hypervisor: 'z-vm' };
  if (program.includes('KVM')) return { virtual: true, hypervisor: 'kvm' };
  return { virtual: true, hypervisor: 'other' };
}

/** A tree is made by whoever makes the machine; s390's machine tells itself. */
function sign(
  source: string,
  found: string,
  says: Evidence['says'],
  confidence: Evidence['confidence'] = 'likely',
): Evidence {
  return { source, found, says, confidence };
}
