// How a GPU comes to its guest, in lines for people: what it is with the sign that says so, what contradicts it, and what is
// known of its place on the PCI bus. Pure; what is not known takes no room, except the attachment itself.
import type { Available } from '../base/availability.ts';
import { formatBytes } from '../base/units.ts';
import type { AttachmentKind, GpuAttachment, PciFacts } from '../virt/gpu-attachment.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';

/** A device and how it is attached. */
export interface AttachedDevice {
  readonly device: DeviceInfo;
  readonly attachment: GpuAttachment;
}

/** Kinds in words. */
export const ATTACHMENT_WORDS: Readonly<Record<AttachmentKind, string>> = {
  'bare-metal': 'bare metal, a device of this machine',
  passthrough: 'passthrough, a whole device given to this guest',
  vgpu: 'vGPU, a share of a device',
  mig: 'MIG, a share of a device that is cut in hardware',
  'api-remoting': 'API remoting, calls are sent to the host',
  'display-only': 'display only, a virtual adapter',
  software: "software, computed by this guest's CPUs",
  'sandbox-proxy': 'sandbox proxy, calls are passed on by a sandbox',
};

const CONFIDENCE = { certain: '', likely: 'likely ', claimed: 'perhaps ' } as const;

/** `attached: software, computed by this guest's CPUs (the Vulkan driver: driver id 13, llvmpipe)`, and what else is known. */
export function attachmentLines(attachment: GpuAttachment): readonly string[] {
  const { contradictions, pci } = attachment;
  return [
    `attached: ${attachmentText(attachment)}`,
    ...contradictions.map(({ statement, resolution }) => `contradiction: ${statement}; taken: ${resolution}`),
    ...(pci.available ? pciLines(pci.value) : []),
  ];
}

/** The attachment in one line, without what contradicts it. */
export function attachmentText({ kind, profile }: GpuAttachment): string {
  if (!kind.available) return `unknown: ${kind.reason}`;
  const type = profile.available ? `, profile ${profile.value}` : '';
  return `${CONFIDENCE[kind.confidence]}${ATTACHMENT_WORDS[kind.value]}${type} (${kind.source})`;
}

function pciLines(facts: PciFacts): readonly string[] {
  const { bars, resizableBar, numaNode, localCpus, iommuGroup, interrupts, driver } = facts;
  const { physicalFunction, virtualFunctions, powerState } = facts;
  const memory = [
    ...told(bars, (list) => `BARs of ${list.map(({ bytes }) => formatBytes(bytes)).join(' + ')}`),
    ...told(resizableBar, (is) => (is ? 'all device memory visible to the CPU' : 'no resizable BAR')),
  ];
  const place = [
    ...told(numaNode, (node) => `NUMA node ${node}`),
    ...told(localCpus, (cpus) => `near CPUs ${cpus}`),
    ...told(iommuGroup, (group) => `IOMMU group ${group}`),
    ...told(physicalFunction, (address) => `virtual function of ${address}`),
    ...told(virtualFunctions, (count) => `${count} virtual functions`),
    ...told(interrupts, ({ length }) => `${length} ${length === 1 ? 'interrupt' : 'interrupts'}`),
    ...told(driver, (name) => `kernel driver ${name}`),
    ...told(powerState, (state) => `power state ${state}`),
  ];
  return [linkText(facts), memory.join(', '), place.join(', ')].filter((line) => line !== '');
}

/** `PCI Express link 8 GT/s × 16, at most 16 GT/s × 16`. */
function linkText(facts: PciFacts): string {
  const now = linkOf(facts.currentLinkSpeedGTs, facts.currentLinkWidth);
  const most = linkOf(facts.maximumLinkSpeedGTs, facts.maximumLinkWidth);
  if (now === '') return most === '' ? '' : `PCI Express link of at most ${most}`;
  return `PCI Express link ${now}${most === '' ? '' : `, at most ${most}`}`;
}

function linkOf(speed: Available<number>, width: Available<number>): string {
  const parts = [...told(speed, (gts) => `${gts} GT/s`), ...told(width, (lanes) => `× ${lanes}`)];
  return parts.join(' ');
}

function told<T>(maybe: Available<T>, text: (value: T) => string): readonly string[] {
  return maybe.available ? [text(maybe.value)] : [];
}
