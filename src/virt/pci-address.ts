// The address of a PCI function, as the kernel writes it: what a driver or a stranger's recording calls one becomes part of
// a path only after it was checked here.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { AttachmentSubject } from './gpu-attachment.ts';
import { plainText } from './plain-text.ts';

/** Where sysfs lists the functions of the bus. */
export const PCI_DEVICES = '/sys/bus/pci/devices';
/** Domain, bus, device and function; domains of Intel's VMD have five digits. */
const ADDRESS = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/;
/** The numbers of a device file. */
const DEVICE_NUMBERS = /^\d{1,4}:\d{1,7}$/;

/** Whether a name is an address in the kernel's spelling. */
export function isAddress(name: string): boolean {
  return ADDRESS.test(name);
}

/** The same address in the kernel's spelling: `0000:41:00.0`. */
export function checkedAddress(text: string): Available<string> {
  const address = text.slice(0, 32).trim().toLowerCase();
  return ADDRESS.test(address)
    ? available(address)
    : unavailable(`"${plainText(text.slice(0, 32))}" is no address of a PCI function`);
}

/** Where sysfs describes a function. */
export function functionFolder(address: string): string {
  return `${PCI_DEVICES}/${address}`;
}

/** The PCI function behind a render node (`226:128`), by the kernel's links. */
export function functionOfRenderNode(numbers: string, files: SystemFiles): Available<string> {
  const name = nodeDevice(numbers, files);
  if (!name.available) return name;
  const address = checkedAddress(name.value);
  if (address.available) return address;
  // A virtio-gpu's node belongs to a device of the virtio bus, and that to a PCI function.
  const path = files.link(`/sys/dev/char/${numbers}`);
  const parts = path.available ? path.value.slice(0, 4096).split('/').reverse() : [];
  const part = parts.find((one) => ADDRESS.test(one));
  return part === undefined
    ? unavailable(`render node ${numbers} belongs to ${name.value}, which is on no PCI bus`)
    : available(part);
}

/** The name of the device that a render node belongs to: `0000:01:00.0`, `fec00000.gpu`. */
export function nodeDevice(numbers: string, files: SystemFiles): Available<string> {
  if (!DEVICE_NUMBERS.test(numbers)) return unavailable('the numbers of the render node are none');
  const link = files.link(`/sys/dev/char/${numbers}/device`);
  if (!link.available) return link;
  return available(plainText(link.value.slice(0, 4096).split('/').at(-1) ?? ''));
}

/** A function by each of the two keys that Vulkan gives. */
export interface LocatedFunction {
  readonly byVulkan: Available<string>;
  readonly byRenderNode: Available<string>;
  /** The one that is described. */
  readonly address: Available<string>;
}

/** Finds the PCI function of a device: by the address that Vulkan tells, else by its render node. */
export function locateFunction(
  { pciAddress, renderNode }: Pick<AttachmentSubject, 'pciAddress' | 'renderNode'>,
  files: SystemFiles,
): LocatedFunction {
  const byVulkan = pciAddress.available ? checkedAddress(pciAddress.value) : pciAddress;
  const byRenderNode = renderNode.available ? functionOfRenderNode(renderNode.value, files) : renderNode;
  const isThere = byVulkan.available && files.list(functionFolder(byVulkan.value)).available;
  return { byVulkan, byRenderNode, address: !isThere && byRenderNode.available ? byRenderNode : byVulkan };
}
