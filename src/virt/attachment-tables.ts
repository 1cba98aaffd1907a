// By which numbers and names a GPU's attachment is known where no driver tells it. Tables of evidence, each row with where it
// comes from; what a row is worth is decided in attachment-signs.ts.
import type { AttachmentKind } from './gpu-attachment.ts';

/** What a row speaks for, in words for people. */
interface Known {
  readonly name: string;
  readonly says: AttachmentKind;
}

/** VkDriverId of drivers that compute elsewhere than on a GPU of their own (vulkan_core.h). */
export const DRIVER_IDS: Readonly<Record<number, Known>> = {
  10: { name: 'SwiftShader', says: 'software' },
  13: { name: 'llvmpipe', says: 'software' },
  16: { name: 'Juice, a GPU over the network', says: 'api-remoting' },
  22: { name: 'Venus, over virtio-gpu', says: 'api-remoting' },
  23: { name: 'dzn, over Direct3D 12', says: 'api-remoting' },
};

/**
 * Drivers that show the host's names, types and driver ids behind their own name (Mesa: venus, gfxstream, dzn). With them even
 * a CPU is the host's.
 */
export const REMOTING_NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^Virtio-GPU Venus\b/i, 'Venus, over virtio-gpu'],
  [/\bgfxstream\b/i, 'gfxstream, over virtio-gpu'],
  [/^Microsoft Direct3D12\b/i, 'dzn, over Direct3D 12'],
];

/** The driver whose software device computes in this guest: WARP, Direct3D's own. */
export const DOZEN = 23;

/** Adapters that only exist in virtual machines, by vendor and device (the PCI ID repository, pci-ids.ucw.cz). */
export const VIRTUAL_ADAPTERS: Readonly<Record<string, Known>> = {
  // virtio-gpu computes nothing itself: a Vulkan device on it sends its calls, or its kernel driver's, to the host.
  '1af4:1050': { name: 'virtio-gpu', says: 'api-remoting' },
  // What WSL and Hyper-V show of a GPU that they share by paravirtualization.
  '1414:008e': { name: 'Hyper-V paravirtual GPU', says: 'api-remoting' },
  '1414:5353': { name: 'Hyper-V virtual VGA', says: 'display-only' },
  '15ad:0405': { name: 'VMware SVGA II', says: 'display-only' },
  '15ad:0406': { name: 'VMware SVGA III', says: 'display-only' },
  '15ad:0710': { name: 'VMware SVGA', says: 'display-only' },
  '1b36:0100': { name: 'QXL', says: 'display-only' },
  '1234:1111': { name: 'Bochs or QEMU VGA', says: 'display-only' },
  '1013:00b8': { name: 'Cirrus Logic GD 5446, as QEMU has it', says: 'display-only' },
  '80ee:beef': { name: 'VirtualBox graphics adapter', says: 'display-only' },
  '1ab8:4005': { name: 'Parallels virtual video adapter', says: 'display-only' },
  '1d0f:1111': { name: 'Amazon virtual VGA', says: 'display-only' },
};

/** Ids that a virtual function has and no physical one; its host chooses them (PCI ID repository, amdgpu's table). */
export const SHARE_ADAPTERS: Readonly<Record<string, string>> = {
  '1002:686c': 'AMD Instinct MI25 MxGPU',
  '1002:692f': 'AMD FirePro S7150V',
  '1002:73ae': 'AMD Radeon Pro V620 MxGPU',
  '1002:73ce': 'AMD Navi 22 MxGPU',
  '1002:74b5': 'AMD Instinct MI300X VF',
  '10de:0fe7': 'GRID K100 vGPU',
  '10de:0ff7': 'GRID K140Q vGPU',
  '10de:118d': 'GRID K200 vGPU',
  '10de:11b0': 'GRID K240Q or K260Q vGPU',
};

/** A vGPU of NVIDIA has the id of its board, and a subsystem of its own: `vendor:device subvendor:subdevice`. */
export const SHARE_SUBSYSTEMS: Readonly<Record<string, string>> = {
  '10de:13bd 10de:11d2': 'GRID M10-8Q',
  '10de:13f2 10de:114d': 'GRID M60-1Q',
  '10de:13f2 10de:114e': 'GRID M60-2Q',
  '10de:13f2 10de:1150': 'GRID M60-8Q',
  '10de:13f2 10de:11b0': 'GRID M60-4A',
  '10de:13f3 10de:1184': 'GRID M6-8Q',
};

/** Vendors whose PCI functions compute by themselves. */
export const GPU_VENDORS: Readonly<Record<number, string>> = {
  4098: 'AMD',
  4318: 'NVIDIA',
  32902: 'Intel',
  7893: 'Moore Threads',
};

/** A share of a device by its name. */
export interface NamedShare {
  readonly says: 'vgpu' | 'mig';
  /** `T4-8Q`, `A100-1-5C`, `1g.10gb`; null where the name tells of a share and not of its size. */
  readonly profile: string | null;
}

/**
 * NVIDIA's vGPU types, `board-(slices-)gigabytes` and Q, C, A or B (Virtual GPU Software User Guide); with slices it is cut in
 * hardware. `A100-SXM4-40GB` is a whole device.
 */
const VGPU_TYPE = /^(?:NVIDIA |GRID )*([A-Z][A-Za-z0-9 ]{0,30}?)-(?:(\d{1,2})-)?(\d{1,3}[QCAB](?:ME|\d)?)$/;
const KEPLER_TYPE = /^GRID (K\d{3}Q)$/;
/**
 * As NVIDIA's tools name an instance: `NVIDIA A100-SXM4-40GB MIG 1g.5gb`, `1c.3g.20gb` for some of its engines, and
 * attributes such as `+me` and `+gfx`.
 */
const MIG_INSTANCE = /\bMIG ((?:\d{1,2}c\.)?\d{1,2}g\.\d{1,3}gb(?:[+-][a-z.]{1,12})?)/i;
const VIRTUAL_FUNCTION = /^AMD .*\b(?:VF|MxGPU)\b/;

/** What the name of a device says of a share; null for a whole device. */
export function shareByName(name: string): NamedShare | null {
  // Mesa adds its own words in brackets.
  const own = name.slice(0, 200).replace(/ \([^()]*\)$/, '');
  const instance = MIG_INSTANCE.exec(own);
  if (instance !== null) return { says: 'mig', profile: instance[1] ?? null };
  const type = VGPU_TYPE.exec(own);
  if (type !== null) {
    const [, board, slices, size] = type;
    if (slices !== undefined) return { says: 'mig', profile: `${board}-${slices}-${size}` };
    return { says: 'vgpu', profile: `${board}-${size}` };
  }
  const kepler = KEPLER_TYPE.exec(own);
  if (kepler !== null) return { says: 'vgpu', profile: kepler[1] ?? null };
  return VIRTUAL_FUNCTION.test(own) ? { says: 'vgpu', profile: null } : null;
}

/** `10de:2330`. */
export function idPair(vendor: number, device: number): string {
  const digits = (id: number): string => (id & 0xffff).toString(16).padStart(4, '0');
  return `${digits(vendor)}:${digits(device)}`;
}
