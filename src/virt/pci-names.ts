// Names of makers of GPUs and accelerators, and of the display adapters that only hypervisors have. Tables and two look-ups;
// numbers as in the PCI id database.
import { ownValue } from '../base/own-value.ts';
import { hex4, type PciFunction, pciId } from './pci-functions.ts';

/** By vendor id: whoever makes something of the classes that `findGpuFunctions` looks at. */
const VENDOR_NAMES: Readonly<Record<string, string>> = {
  '1002': 'AMD',
  '1010': 'Imagination Technologies',
  '1013': 'Cirrus Logic',
  '102b': 'Matrox',
  '106b': 'Apple',
  '10de': 'NVIDIA',
  '1234': 'Bochs or QEMU',
  '13b5': 'Arm',
  '1414': 'Microsoft',
  '15ad': 'VMware',
  '17cb': 'Qualcomm',
  '19e5': 'Huawei',
  '1a03': 'ASPEED',
  '1ab8': 'Parallels',
  '1ae0': 'Google',
  '1af4': 'Red Hat virtio',
  '1b36': 'Red Hat',
  '1d0f': 'Amazon',
  '1da3': 'Habana Labs',
  '1e52': 'Tenstorrent',
  '1ed5': 'Moore Threads',
  '80ee': 'VirtualBox',
  '8086': 'Intel',
  fb5d: 'bhyve',
};

/** An adapter that exists only inside of virtual machines. */
export interface VirtualAdapter {
  readonly name: string;
  /** Whether it only draws, or sends the calls of an API to the host. */
  readonly kind: 'display-only' | 'api-remoting';
}

/**
 * By vendor and device. virtio-gpu only draws unless the host offers it 3D: whether it does is known to Vulkan's driver, so
 * here it counts as what it is without.
 */
export const VIRTUAL_ADAPTERS: Readonly<Record<string, VirtualAdapter>> = {
  '1013:00b8': { name: 'Cirrus Logic GD 5446, as QEMU emulates it', kind: 'display-only' },
  '1234:1111': { name: 'QEMU standard VGA', kind: 'display-only' },
  '1414:008e': { name: 'Microsoft paravirtual GPU', kind: 'api-remoting' },
  '1414:5353': { name: 'Hyper-V VGA', kind: 'display-only' },
  '15ad:0405': { name: 'VMware SVGA II', kind: 'display-only' },
  '15ad:0406': { name: 'VMware SVGA III', kind: 'display-only' },
  '15ad:0710': { name: 'VMware SVGA', kind: 'display-only' },
  '1ab8:4005': { name: 'Parallels video adapter', kind: 'display-only' },
  '1af4:1050': { name: 'Red Hat virtio-gpu', kind: 'display-only' },
  '1b36:0100': { name: 'Red Hat QXL', kind: 'display-only' },
  '1d0f:1111': { name: 'Amazon EC2 VGA', kind: 'display-only' },
  '80ee:beef': { name: 'VirtualBox VGA', kind: 'display-only' },
  'fb5d:40fb': { name: 'bhyve framebuffer', kind: 'display-only' },
};

/** The virtual display adapter with these numbers, where they are one's. */
export function virtualAdapter(ids: Pick<PciFunction, 'vendorId' | 'deviceId'>): VirtualAdapter | undefined {
  return ownValue(VIRTUAL_ADAPTERS, pciId(ids));
}

/** `NVIDIA`, `Red Hat virtio-gpu`; the numbers where no table has a name. */
export function gpuName(ids: Pick<PciFunction, 'vendorId' | 'deviceId'>): string {
  return virtualAdapter(ids)?.name ?? ownValue(VENDOR_NAMES, hex4(ids.vendorId)) ?? pciId(ids);
}
