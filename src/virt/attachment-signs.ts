// The signs by which a GPU's attachment is known, in the order in which they are believed: what computes, what the vendor's
// driver says, then what names, links and numbers tell. Each looks at one thing; judge-attachment.ts weighs them.
import type { Available } from '../base/availability.ts';
import {
  DOZEN,
  DRIVER_IDS,
  idPair,
  REMOTING_NAMES,
  SHARE_ADAPTERS,
  SHARE_SUBSYSTEMS,
  shareByName,
  VIRTUAL_ADAPTERS,
} from './attachment-tables.ts';
import type { Confidence } from './finding.ts';
import type { AttachmentKind, AttachmentSubject, GpuAttachment, PciFacts } from './gpu-attachment.ts';
import type { DriverMode } from './machine.ts';
import { functionFolder } from './pci-address.ts';
import { plainText } from './plain-text.ts';
import type { VirtualizationInfo } from './system-info.ts';

/** A sign, with what it is worth. */
export interface AttachmentSign {
  readonly source: string;
  readonly found: string;
  readonly says: GpuAttachment['evidence'][number]['says'];
  readonly confidence: Confidence;
  /** The vendor's driver says it. */
  readonly byDriver?: boolean;
}

/** All that is looked at. */
export interface AttachmentContext {
  readonly subject: AttachmentSubject;
  readonly hypervisor: VirtualizationInfo['hypervisor'];
  readonly pci: Available<PciFacts>;
  /** `10de:2330` and `10de:1626` as sysfs has them; null where it does not. */
  readonly ids: { readonly device: string | null; readonly subsystem: string | null };
  readonly mode: Available<DriverMode>;
}

/** In the order in which they are believed. */
const SIGNS: readonly ((context: AttachmentContext) => readonly AttachmentSign[])[] = [
  softwareSigns,
  driverModeSigns,
  remotingSigns,
  sandboxSigns,
  virtualFunctionSigns,
  adapterSigns,
  shareSigns,
];

/** All signs that say something. */
export function attachmentSigns(context: AttachmentContext): readonly AttachmentSign[] {
  return SIGNS.flatMap((look) => look(context));
}

/** The host's CPU, shown by a driver that sends calls there, computes nothing in this guest. */
function softwareSigns({ subject }: AttachmentContext): readonly AttachmentSign[] {
  const { driverId } = subject;
  const isDozen = driverId.available && driverId.value === DOZEN;
  if (remotingSigns({ subject }).length > 0 && !isDozen) return [];
  const driver = driverId.available ? DRIVER_IDS[driverId.value] : undefined;
  if (driver?.says === 'software')
    return [sign('the Vulkan driver', `driver id ${value(driverId)}, ${driver.name}`, 'software', 'certain')];
  const isCpu = subject.software || subject.type === 'cpu';
  return isCpu ? [sign('VkPhysicalDeviceType', 'cpu', 'software', 'certain')] : [];
}

/** nvmlGpuVirtualizationMode_t; a host of shared devices has the whole device itself. */
const NVML_MODES: readonly (readonly [name: string, says: AttachmentKind])[] = [
  ['none', 'bare-metal'],
  ['passthrough', 'passthrough'],
  ['vGPU', 'vgpu'],
  ['host of vGPUs', 'bare-metal'],
  ['host of vSGA', 'bare-metal'],
];

/** AMDGPU_IDS_FLAGS_MODE of the kernel's amdgpu_drm.h. */
const AMDGPU_MODES: typeof NVML_MODES = [
  ['physical function', 'bare-metal'],
  ['virtual function', 'vgpu'],
  ['passthrough', 'passthrough'],
];

function driverModeSigns({ mode }: AttachmentContext): readonly AttachmentSign[] {
  if (!mode.available) return [];
  const { library, mode: number, mig } = mode.value;
  const isNvml = library === 'NVML';
  const [name, says] = (isNvml ? NVML_MODES : AMDGPU_MODES)[number] ?? [];
  const source = isNvml
    ? 'NVML, nvmlDeviceGetVirtualizationMode'
    : 'amdgpu, ids_flags of AMDGPU_INFO_DEV_INFO';
  const cut = sign('NVML, nvmlDeviceGetMigMode', 'the device is cut into instances', 'mig', 'certain');
  return [
    ...(mig ? [{ ...cut, byDriver: true }] : []),
    ...(name === undefined || says === undefined
      ? []
      : [{ ...sign(source, `mode ${number}, ${name}`, says, 'certain'), byDriver: true }]),
  ];
}

function remotingSigns({ subject }: Pick<AttachmentContext, 'subject'>): readonly AttachmentSign[] {
  const { driverId, name } = subject;
  const driver = driverId.available ? DRIVER_IDS[driverId.value] : undefined;
  if (driver?.says === 'api-remoting')
    return [
      sign('the Vulkan driver', `driver id ${value(driverId)}, ${driver.name}`, 'api-remoting', 'certain'),
    ];
  const known = REMOTING_NAMES.find(([pattern]) => pattern.test(name.slice(0, 200)));
  if (known === undefined) return [];
  return [sign('the name of the device', `${plainText(name)}: ${known[1]}`, 'api-remoting', 'likely')];
}

/** gVisor's kernel passes nothing on but calls, whatever it shows of a PCI bus. */
function sandboxSigns({ hypervisor, subject, pci }: AttachmentContext): readonly AttachmentSign[] {
  if (!hypervisor.available || hypervisor.value.id !== 'gvisor' || subject.software) return [];
  const found = pci.available ? 'gVisor' : 'gVisor, and the GPU is on no PCI bus';
  return [sign(hypervisor.source, found, 'sandbox-proxy', hypervisor.confidence)];
}

/** The kernel makes the link for a virtual function whose physical one it has too. */
function virtualFunctionSigns({ pci }: AttachmentContext): readonly AttachmentSign[] {
  if (!pci.available || !pci.value.physicalFunction.available) return [];
  const { value: physical, source } = pci.value.physicalFunction;
  return [sign(source, `a virtual function of ${physical}`, 'virtual-function', 'certain')];
}

/** Vulkan's own numbers are the host's under some drivers, so sysfs is asked first; both where they differ. */
function numbersOf({ subject, ids, pci }: AttachmentContext): readonly (readonly [string, string])[] {
  const { vendorId, deviceId } = subject;
  // Vendors without PCI numbers have larger ones (VkVendorId).
  const byVulkan = vendorId > 0xffff ? null : idPair(vendorId, deviceId);
  const bySysfs = ids.device;
  const folder = pci.available ? functionFolder(pci.value.address) : '';
  return [
    ...(bySysfs === null ? [] : [[`${folder}/{vendor,device}`, bySysfs] as const]),
    ...(byVulkan === null || byVulkan === bySysfs
      ? []
      : [['VkPhysicalDeviceProperties::deviceID', byVulkan] as const]),
  ];
}

function adapterSigns(context: AttachmentContext): readonly AttachmentSign[] {
  return numbersOf(context).flatMap(([source, pair]) => {
    const adapter = VIRTUAL_ADAPTERS[pair];
    return adapter === undefined ? [] : [sign(source, `${pair}, ${adapter.name}`, adapter.says, 'likely')];
  });
}

function shareSigns(context: AttachmentContext): readonly AttachmentSign[] {
  const { subject, ids, pci } = context;
  const named = shareByName(subject.name);
  const subsystem = ids.device === null || ids.subsystem === null ? '' : `${ids.device} ${ids.subsystem}`;
  const byBoard = SHARE_SUBSYSTEMS[subsystem];
  const folder = pci.available ? functionFolder(pci.value.address) : '';
  return [
    ...(named === null
      ? []
      : [sign('the name of the device', plainText(subject.name), named.says, 'likely')]),
    ...numbersOf(context).flatMap(([source, pair]) => {
      const share = SHARE_ADAPTERS[pair];
      return share === undefined ? [] : [sign(source, `${pair}, ${share}`, 'vgpu', 'likely')];
    }),
    ...(byBoard === undefined
      ? []
      : [sign(`${folder}/subsystem_{vendor,device}`, `${subsystem}, ${byBoard}`, 'vgpu', 'likely')]),
  ];
}

function sign(
  source: string,
  found: string,
  says: AttachmentSign['says'],
  confidence: Confidence,
): AttachmentSign {
  return { source, found, says, confidence };
}

function value(number: Available<number>): string {
  return number.available ? String(number.value) : number.reason;
}
