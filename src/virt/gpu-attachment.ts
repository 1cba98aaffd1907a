// How a GPU comes to this guest, as plain data: it goes into reports unchanged. Types only; judge-attachment.ts fills them.
import type { Available } from '../base/availability.ts';
import type { Contradiction } from './evidence.ts';
import type { Finding } from './finding.ts';

/**
 * - `bare-metal`: no hypervisor, a real PCI device
 * - `passthrough`: a whole PCI device given to this guest
 * - `vgpu`: a share of a device: an SR-IOV virtual function or a mediated device
 * - `mig`: a share of a device cut in hardware (NVIDIA MIG), with or without a vGPU around it
 * - `api-remoting`: calls are sent to the host (virtio-gpu Venus, gfxstream, WSL's dzn)
 * - `display-only`: a virtual display adapter
 * - `software`: this guest's CPUs compute
 * - `sandbox-proxy`: a sandbox passes the driver's calls on (gVisor's nvproxy)
 */
export type AttachmentKind =
  | 'bare-metal'
  | 'passthrough'
  | 'vgpu'
  | 'mig'
  | 'api-remoting'
  | 'display-only'
  | 'software'
  | 'sandbox-proxy';

/** A Vulkan device, by what its attachment can be told from; src/isolation/attachment-subject.ts makes it. */
export interface AttachmentSubject {
  readonly name: string;
  readonly software: boolean;
  readonly type: string;
  readonly vendorId: number;
  readonly deviceId: number;
  /** VkDriverId: 13 llvmpipe, 22 Venus, 23 dzn. */
  readonly driverId: Available<number>;
  readonly pciAddress: Available<string>;
  /** `226:128`, of VkPhysicalDeviceDrmPropertiesEXT. */
  readonly renderNode: Available<string>;
  readonly memoryHeaps: readonly {
    readonly index: number;
    readonly bytes: number;
    readonly deviceLocal: boolean;
  }[];
  readonly memoryTypes: readonly {
    readonly heapIndex: number;
    readonly deviceLocal: boolean;
    readonly hostVisible: boolean;
  }[];
}

/** A base address register of a PCI function. */
export interface PciBar {
  readonly index: number;
  readonly bytes: number;
}

/** What sysfs tells of a PCI function; what a guest cannot see is unavailable with the reason. */
export interface PciFacts {
  readonly address: string;
  readonly driver: Finding<string>;
  /** GT/s per lane and lanes; the link slows down at idle, so `current` is as of the reading. */
  readonly currentLinkSpeedGTs: Finding<number>;
  readonly currentLinkWidth: Finding<number>;
  readonly maximumLinkSpeedGTs: Finding<number>;
  readonly maximumLinkWidth: Finding<number>;
  readonly bars: Finding<readonly PciBar[]>;
  /** Whether the CPU sees all of the device's memory; judged by the BAR and by Vulkan's heaps, see facts. */
  readonly resizableBar: Finding<boolean>;
  /** A group in a guest means a virtual IOMMU; its absence says nothing of the host. */
  readonly iommuGroup: Finding<string>;
  readonly numaNode: Finding<number>;
  readonly localCpus: Finding<string>;
  /** Message-signalled interrupts, or the line of old. */
  readonly interrupts: Finding<readonly number[]>;
  /** The physical function that this is a virtual one of, or how many virtual ones it has. */
  readonly physicalFunction: Finding<string>;
  readonly virtualFunctions: Finding<number>;
  readonly powerState: Finding<string>;
}

/** How one Vulkan device is attached. */
export interface GpuAttachment {
  readonly kind: Finding<AttachmentKind>;
  /** Every sign that was looked at and said something, in the order in which they were asked. */
  readonly evidence: readonly {
    readonly source: string;
    readonly found: string;
    readonly says: AttachmentKind | 'virtual-function';
  }[];
  readonly contradictions: readonly Contradiction[];
  /** The profile of a vGPU, such as `A100-40C`, where the name or the library tells it. */
  readonly profile: Finding<string>;
  readonly pci: Available<PciFacts>;
}
