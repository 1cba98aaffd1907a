// Two devices that tell a guest what was done to it: the VM generation id changes when the machine is restored from a snapshot, and
// the VM clock tells of disruptions of time. Looks for them in ACPI and in the device tree; reads neither.
import { unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { acpiIds } from './acpi-evidence.ts';
import { type DeviceTree, deviceTree, treeTexts } from './device-tree-evidence.ts';
import { certain, type Finding, likely } from './finding.ts';
import type { Machine } from './machine.ts';
import { plainText } from './plain-text.ts';
import type { VirtualizationInfo } from './system-info.ts';

interface VmDevice {
  readonly name: string;
  /** Ids of the ACPI device. */
  readonly ids: readonly string[];
  /** Of the platform and ACPI drivers: whatever they hold is the device, by whichever id. */
  readonly driver: string;
  /** Nodes of the device tree, by the beginning of their names, and what they say they are. */
  readonly nodes: readonly string[];
  readonly compatible: string;
}

/** "Virtual Machine Generation ID" (Microsoft, 2012) leaves the device's own id open; these are the known ones. */
const GENERATION_ID: VmDevice = {
  name: 'VM generation id',
  ids: ['VMGENCTR', 'VM_GEN_COUNTER', 'VMGENID', 'QEMUVGID', 'FCVMGID', 'HYPER_V_GEN_COUNTER_V1', 'XEN0000'],
  driver: 'vmgenid',
  nodes: ['vmgenid'],
  compatible: 'microsoft,vmgenid',
};

/** Linux, drivers/ptp/ptp_vmclock.c and devicetree bindings ptp/amazon,vmclock.yaml. */
const CLOCK: VmDevice = {
  name: 'VM clock',
  ids: ['AMZNC10C', 'VMCLOCK'],
  driver: 'vmclock',
  nodes: ['ptp@', 'vmclock'],
  compatible: 'amazon,vmclock',
};

/** Whether the machine has them. */
export function describeVmDevices({
  files,
}: Machine): Pick<VirtualizationInfo, 'vmGenerationId' | 'vmClock'> {
  const look = (device: VmDevice): Finding<boolean> => find(files, device);
  return { vmGenerationId: look(GENERATION_ID), vmClock: look(CLOCK) };
}

function find(files: SystemFiles, device: VmDevice): Finding<boolean> {
  const ids = acpiIds(files);
  const tree = deviceTree(files);
  const id = ids.available ? device.ids.find((one) => ids.value.has(one)) : undefined;
  if (id !== undefined) return certain(true, `ACPI device ${id} in /sys/bus/acpi/devices`);
  const held = heldBy(files, device);
  if (held !== undefined) return certain(true, held);
  const node = tree === undefined ? undefined : nodeOf(files, tree, device);
  if (node !== undefined) return certain(true, plainText(node));
  if (!ids.available && tree === undefined)
    return unavailable(`neither ACPI devices (${ids.reason}) nor a device tree`);
  // Likely: a device may have an id that no table knows, and a kernel without its driver does not point at it.
  return likely(false, `no ${device.name} among ${placesOf(ids.available, tree)}`);
}

function placesOf(acpi: boolean, tree: DeviceTree | undefined): string {
  const places = [
    ...(acpi ? ['the devices in /sys/bus/acpi/devices'] : []),
    ...(tree ? [`the nodes of ${tree.path}`] : []),
  ];
  return places.join(' and ');
}

/** A driver's folder has links to its devices beside files for binding them. */
const BINDING_FILES: ReadonlySet<string> = new Set(['bind', 'module', 'uevent', 'unbind']);

function heldBy(files: SystemFiles, { driver }: VmDevice): string | undefined {
  const folders = ['acpi', 'platform'].map((bus) => `/sys/bus/${bus}/drivers/${driver}`);
  return folders.find((folder) => {
    const names = files.list(folder);
    return names.available && names.value.some((name) => !BINDING_FILES.has(name));
  });
}

const MOST_NODES = 16;

function nodeOf(files: SystemFiles, tree: DeviceTree, { nodes, compatible }: VmDevice): string | undefined {
  const candidates = tree.names.filter((name) => nodes.some((prefix) => name.startsWith(prefix)));
  const paths = candidates.slice(0, MOST_NODES).map((name) => `${tree.path}/${name}/compatible`);
  return paths.find((path) => treeTexts(files, path).includes(compatible));
}
