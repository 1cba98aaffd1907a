// What does not go together in the signs of a GPU's attachment: told beside the verdict with the side that was taken, so that a
// wrong verdict can be seen.
import type { AttachmentContext, AttachmentSign } from './attachment-signs.ts';
import type { Contradiction } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { AttachmentKind } from './gpu-attachment.ts';
import type { LocatedFunction } from './pci-address.ts';
import { pciId } from './pci-functions.ts';

interface Judged {
  readonly kind: Finding<AttachmentKind>;
  readonly signs: readonly AttachmentSign[];
  readonly virtual: Finding<boolean>;
  readonly located: LocatedFunction;
  readonly context: AttachmentContext;
}

/** What a verdict goes together with besides itself: a share has the whole around it, and a sandbox can hold anything. */
const GOES_WITH: Readonly<Partial<Record<AttachmentKind, readonly AttachmentSign['says'][]>>> = {
  mig: ['vgpu', 'virtual-function', 'passthrough', 'bare-metal', 'sandbox-proxy'],
  vgpu: ['mig', 'virtual-function', 'sandbox-proxy'],
  passthrough: ['sandbox-proxy'],
  'bare-metal': ['sandbox-proxy'],
  'sandbox-proxy': ['vgpu', 'mig', 'virtual-function'],
};

/** Kinds that need a hypervisor. */
const NEED_HOST: readonly AttachmentKind[] = ['passthrough', 'api-remoting', 'display-only'];

/** All contradictions; none without a verdict but that of the two keys. */
export function attachmentContradictions(judged: Judged): readonly Contradiction[] {
  return [...betweenSigns(judged), ...withMachine(judged), ...betweenKeys(judged), ...betweenNumbers(judged)];
}

function betweenSigns({ kind, signs }: Judged): readonly Contradiction[] {
  const [first, ...others] = signs;
  if (!kind.available || first === undefined) return [];
  const fits = [kind.value, first.says, ...(GOES_WITH[kind.value] ?? [])];
  return others
    .filter(({ says }) => !fits.includes(says))
    .map((other) => ({
      statement: `${first.source} says ${first.says} (${first.found}), ${other.source} says ${other.says} (${other.found})`,
      resolution: `${kind.value}: the first of the two is believed before the other`,
      sources: [first.source, other.source],
    }));
}

function withMachine({ kind, signs, virtual }: Judged): readonly Contradiction[] {
  const [first] = signs;
  if (!kind.available || first === undefined || !virtual.available) return [];
  const sources = [first.source, virtual.source];
  const said = `${first.source} says ${first.says} (${first.found})`;
  if (virtual.value && first.says === 'bare-metal') {
    const isTaken = kind.value === 'passthrough';
    return [
      {
        statement: `${said}, ${virtual.source} says that this is a virtual machine`,
        resolution: isTaken
          ? 'passthrough: the CPU says that there is a hypervisor, and a driver need not know every one'
          : 'bare-metal: the driver is believed before signs that are likely only',
        sources,
      },
    ];
  }
  if (virtual.value || !NEED_HOST.includes(kind.value)) return [];
  return [
    {
      statement: `${said}, ${virtual.source} says that this is no virtual machine`,
      resolution: `${kind.value}: a hypervisor can hide itself from the CPU's answers, and less easily from its devices`,
      sources,
    },
  ];
}

/** Vulkan's address can be the host's. */
function betweenKeys({ located }: Judged): readonly Contradiction[] {
  const { byVulkan, byRenderNode, address } = located;
  if (!byVulkan.available || !byRenderNode.available || !address.available) return [];
  if (byVulkan.value === byRenderNode.value) return [];
  return [
    {
      statement: `Vulkan places the device at ${byVulkan.value}, its render node belongs to ${byRenderNode.value}`,
      resolution:
        address.value === byVulkan.value
          ? `${address.value}: this machine has a PCI function there`
          : `${address.value}: this machine has no PCI function at the other`,
      sources: ['VK_EXT_pci_bus_info', 'VK_EXT_physical_device_drm'],
    },
  ];
}

/** Drivers that send calls to the host show the numbers of its device, which is no contradiction. */
function betweenNumbers({ kind, context }: Judged): readonly Contradiction[] {
  const { vendorId, deviceId } = context.subject;
  const [vendor, device] = (context.ids.device ?? '').split(':').map((id) => Number.parseInt(id, 16));
  const isKnown = kind.available && kind.value !== 'api-remoting' && context.ids.device !== null;
  if (!isKnown || (vendor === vendorId && device === deviceId)) return [];
  const pair = pciId(context.subject);
  return [
    {
      statement: `Vulkan calls the device ${pair}, sysfs ${context.ids.device}`,
      resolution: 'the numbers of sysfs are looked up first: they are those of this machine',
      sources: ['VkPhysicalDeviceProperties', 'sysfs'],
    },
  ];
}
