// Judges how a Vulkan device is attached to this machine: the first sign decides, and whatever does not go with it is told as a
// contradiction. Knows how signs are weighed; what they are stands in attachment-signs.ts and attachment-tables.ts.
import { type Available, unavailable } from '../base/availability.ts';
import { attachmentContradictions } from './attachment-contradictions.ts';
import { type AttachmentContext, type AttachmentSign, attachmentSigns } from './attachment-signs.ts';
import { GPU_VENDORS, SHARE_SUBSYSTEMS, shareByName } from './attachment-tables.ts';
import { domainEvidence } from './bus-evidence.ts';
import { type Finding, likely } from './finding.ts';
import type { AttachmentKind, AttachmentSubject, GpuAttachment } from './gpu-attachment.ts';
import type { Machine } from './machine.ts';
import { functionFolder, type LocatedFunction, locateFunction, nodeDevice } from './pci-address.ts';
import { readPciFacts } from './pci-facts.ts';
import type { VirtualizationInfo } from './system-info.ts';

/** What is known of the machine. */
type Judged = Pick<VirtualizationInfo, 'virtual' | 'hypervisor'> &
  Partial<Pick<VirtualizationInfo, 'evidence'>>;

/** How a device is attached to this machine. Never throws; on this machine it asks the vendor's driver by native code. */
export function judgeAttachment(
  subject: AttachmentSubject,
  machine: Machine,
  virtualization: Judged,
): GpuAttachment {
  const located = locateFunction(subject, machine.files);
  const virtual = virtualForDevices(machine, virtualization);
  const context = contextOf(subject, machine, virtualization, located);
  const signs = attachmentSigns(context);
  const fallback = signs.length > 0 ? null : byMachine(context, machine, virtual, located);
  const all = fallback?.available === true ? [fallback.value] : signs;
  const kind = verdict(all, virtual) ?? (fallback?.available === false ? fallback : unavailable('no sign'));
  return {
    kind,
    evidence: all.map(({ source, found, says }) => ({ source, found, says })),
    contradictions: attachmentContradictions({ kind, signs: all, virtual, located, context }),
    profile: profileOf(kind, context),
    pci: context.pci,
  };
}

function contextOf(
  subject: AttachmentSubject,
  { files, driverMode }: Machine,
  { virtual, hypervisor }: Pick<VirtualizationInfo, 'virtual' | 'hypervisor'>,
  { address }: LocatedFunction,
): AttachmentContext {
  const isVirtual = virtual.available && virtual.value;
  const pair = (vendor: string, device: string): string | null => {
    if (!address.available) return null;
    const digits = [vendor, device].map((name) => {
      const text = files.read(`${functionFolder(address.value)}/${name}`);
      return text.available ? /^0x([0-9a-f]{4})\s*$/i.exec(text.value.slice(0, 16))?.[1] : undefined;
    });
    return digits.includes(undefined) ? null : digits.join(':').toLowerCase();
  };
  return {
    subject,
    hypervisor,
    pci: address.available ? readPciFacts(address.value, files, { virtual: isVirtual, subject }) : address,
    ids: { device: pair('vendor', 'device'), subsystem: pair('subsystem_vendor', 'subsystem_device') },
    mode: address.available ? driverMode(address.value) : address,
  };
}

/** Xen's control domain and Hyper-V's root partition run on the hypervisor and have the machine's devices themselves. */
function virtualForDevices({ files }: Machine, { virtual, evidence = [] }: Judged): Finding<boolean> {
  if (!virtual.available || !virtual.value) return virtual;
  const by = [...evidence, ...domainEvidence(files)].find(({ says }) => says.privileged === true);
  return by === undefined
    ? virtual
    : { ...virtual, value: false, source: `${by.source}: ${by.found}, which has the devices itself` };
}

/** What the machine as a whole leaves as the likely answer, where nothing tells of the device itself. */
function byMachine(
  { ids, pci, mode, subject: { renderNode } }: AttachmentContext,
  { files }: Machine,
  virtual: Finding<boolean>,
  { address, byRenderNode }: LocatedFunction,
): Available<AttachmentSign> {
  if (!virtual.available) {
    const reason = `whether this is a virtual machine is not known (${virtual.reason})`;
    return unavailable(`no driver or name tells, and ${reason}`);
  }
  const at = (found: string, says: AttachmentKind, confidence: AttachmentSign['confidence']) => ({
    available: true as const,
    value: { source: virtual.source, found, says, confidence },
  });
  if (!virtual.value) {
    if (pci.available)
      return at(
        `no hypervisor, and a PCI function at ${pci.value.address}`,
        'bare-metal',
        virtual.confidence,
      );
    const node = renderNode.available ? nodeDevice(renderNode.value, files) : renderNode;
    if (node.available)
      return at(`no hypervisor, and a device of this machine, ${node.value}`, 'bare-metal', 'likely');
    return unavailable(
      `no hypervisor, and not found on the PCI bus (${pci.reason}) nor otherwise (${node.reason})`,
    );
  }
  const vendor = GPU_VENDORS[Number.parseInt(ids.device ?? '', 16)];
  if (pci.available && vendor !== undefined)
    return at(`a guest, and a PCI function of ${vendor} at ${pci.value.address}`, 'passthrough', 'likely');
  const silent = mode.available ? '' : `; ${mode.reason}`;
  if (pci.available)
    return unavailable(`the maker of ${ids.device ?? 'the PCI function'} is in no table${silent}`);
  const node = byRenderNode.available ? '' : `, ${byRenderNode.reason}`;
  const where = address.available ? pci.reason : `${address.reason}${node}`;
  return unavailable(`in a guest, and not found on its PCI bus (${where})`);
}

/** The first sign; but a driver that finds a whole device knows its machine less well than the CPU does. */
function verdict(
  signs: readonly AttachmentSign[],
  virtual: Finding<boolean>,
): Finding<AttachmentKind> | null {
  const [first] = signs;
  if (first === undefined) return null;
  const source = `${first.source}: ${first.found}`;
  const isGuest = virtual.available && virtual.value && virtual.confidence === 'certain';
  if (first.byDriver === true && first.says === 'bare-metal' && isGuest)
    return likely('passthrough', `${source}, a whole device; ${virtual.source}: a guest`);
  const kind = first.says === 'virtual-function' ? 'vgpu' : first.says;
  const isDoubted = first.byDriver === true && virtual.available && virtual.value && kind === 'bare-metal';
  return { available: true, value: kind, source, confidence: isDoubted ? 'likely' : first.confidence };
}

function profileOf(kind: Finding<AttachmentKind>, { subject, ids }: AttachmentContext): Finding<string> {
  if (!kind.available || !['vgpu', 'mig'].includes(kind.value))
    return unavailable('only a share of a device has a profile');
  const profile = shareByName(subject.name)?.profile ?? null;
  if (profile !== null) return likely(profile, 'the name of the device');
  const board = SHARE_SUBSYSTEMS[`${ids.device} ${ids.subsystem}`];
  return board === undefined
    ? unavailable('neither the name nor the subsystem of the device tells it')
    : likely(board.replace(/^GRID /, ''), 'the PCI subsystem of the device');
}
