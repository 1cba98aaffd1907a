// What is known of a machine, as plain data: it goes into reports unchanged. Types only; describe-system.ts fills them.
import type { Contradiction, Evidence, HypervisorId, MonitorId } from './evidence.ts';
import type { Finding } from './finding.ts';

/** A name for programs and one for people. */
export interface Named<Id extends string> {
  readonly id: Id;
  /** `KVM`, `Hyper-V`, `Firecracker`. */
  readonly name: string;
}

/** Twelve characters with which a hypervisor names itself, in one of the ranges from 0x40000000 on. */
export interface CpuidSignature {
  /** `0x40000000`, `0x40000100`. */
  readonly leaf: string;
  /** Without trailing NULs: `KVMKVMKVM`. */
  readonly signature: string;
  readonly hypervisor: HypervisorId;
}

/** Something that a hypervisor offers its guests. */
export interface HypervisorFeature {
  /** As the hypervisor's specification has it: `KVM_FEATURE_STEAL_TIME`. */
  readonly name: string;
  /** What that is in words: `steal clock`. */
  readonly meaning: string;
  readonly offered: boolean;
}

/** Which hypervisor, and what it offers. */
export interface VirtualizationInfo {
  /** Whether this kernel runs on a hypervisor. */
  readonly virtual: Finding<boolean>;
  readonly hypervisor: Finding<Named<HypervisorId>>;
  readonly monitor: Finding<Named<MonitorId>>;
  /** What PAPI calls virtual_vendor_string: the signature of the first range; `none` where no hypervisor shows itself. */
  readonly vendorString: Finding<string>;
  readonly signatures: Finding<readonly CpuidSignature[]>;
  readonly version: Finding<string>;
  readonly features: Finding<readonly HypervisorFeature[]>;
  readonly stealClock: Finding<boolean>;
  /** The paravirtual clock is the same on all CPUs and survives frequency changes. */
  readonly stableClock: Finding<boolean>;
  readonly pvSpinlocks: Finding<boolean>;
  /** The hypervisor promises never to take CPUs away (KVM_HINTS_REALTIME). */
  readonly dedicatedCpus: Finding<boolean>;
  /** The hypervisor is a guest itself, as far as a guest can see. */
  readonly nested: Finding<boolean>;
  /** This guest could run guests of its own (VMX or SVM offered). */
  readonly canHostGuests: Finding<boolean>;
  /** `none`, `AMD SEV-SNP`, `Intel TDX`, `Arm CCA`. */
  readonly confidential: Finding<string>;
  /** `AWS`, with the product where it is told. */
  readonly cloud: Finding<{ readonly provider: string; readonly product: string | null }>;
  /** A device that tells when the machine was restored from a snapshot, and one that tells of clock disruptions. */
  readonly vmGenerationId: Finding<boolean>;
  readonly vmClock: Finding<boolean>;
  /** All signs that were looked at and said something. */
  readonly evidence: readonly Evidence[];
  readonly contradictions: readonly Contradiction[];
}

/** Kinds of containers and sandboxes. */
export type ContainerId =
  | 'none'
  | 'docker'
  | 'podman'
  | 'lxc'
  | 'systemd-nspawn'
  | 'kubernetes'
  | 'apptainer'
  | 'flatpak'
  | 'snap'
  | 'gvisor'
  | 'wsl'
  | 'openvz'
  | 'proot'
  | 'other';

/** Something that says that this is a container. */
export interface ContainerClaim {
  readonly container: ContainerId;
  /** `/.dockerenv`, `$container`. */
  readonly source: string;
  readonly found: string;
  /** `proved` by namespaces or by the kernel itself, `refuted` by them, or neither. */
  readonly verdict: 'proved' | 'refuted' | 'unproved';
  readonly reason: string;
}

/** One namespace of this process. */
export interface NamespaceInfo {
  /** `pid`, `uts`. */
  readonly name: string;
  readonly inode: number;
  /** Whether it is the kernel's first; null where that cannot be told. */
  readonly initial: boolean | null;
}

/** What is around this process in the guest. */
export interface ContainerInfo {
  readonly container: Finding<Named<ContainerId>>;
  readonly claims: readonly ContainerClaim[];
  readonly namespaces: Finding<readonly NamespaceInfo[]>;
  /** Whether a batch system started this process: `Slurm job 42`, `Kubernetes pod`; `none`. */
  readonly scheduler: Finding<string>;
  /** CPUs that the tightest quota leaves, such as 1.5; unavailable with the reason where no group has one. */
  readonly cpuQuota: Finding<number>;
  /** Since the group was made, ns; how often a period was cut off. */
  readonly throttledNs: Finding<number>;
  readonly throttledPeriods: Finding<number>;
  readonly memoryLimitBytes: Finding<number>;
  /** CPUs on which this process may run. */
  readonly allowedCpus: Finding<readonly number[]>;
  readonly contradictions: readonly Contradiction[];
}

/** The guest's kernel. */
export interface KernelInfo {
  readonly release: Finding<string>;
  readonly distribution: Finding<string>;
  readonly clocksource: Finding<string>;
  readonly availableClocksources: Finding<readonly string[]>;
  /** CONFIG_PARAVIRT_TIME_ACCOUNTING: whether the guest takes stolen time out of its accounts. */
  readonly paravirtTimeAccounting: Finding<boolean>;
  readonly irqTimeAccounting: Finding<boolean>;
  /** Boot parameters that change timing or virtualization: `nohz_full=1-3`, `mitigations=off`. */
  readonly bootParameters: Finding<readonly string[]>;
  readonly perfEventParanoid: Finding<number>;
}

/** The guest's processors, as far as the guest is told the truth. */
export interface CpuInfo {
  readonly model: Finding<string>;
  readonly logicalCpus: Finding<number>;
  readonly sockets: Finding<number>;
  readonly coresPerSocket: Finding<number>;
  readonly threadsPerCore: Finding<number>;
  /** The time stamp counter runs at one rate and does not stop. */
  readonly invariantTsc: Finding<boolean>;
  readonly frequencyGovernor: Finding<string>;
  readonly frequencyDriver: Finding<string>;
  readonly currentHz: Finding<number>;
  readonly maximumHz: Finding<number>;
  /** `haltpoll`, `intel_idle`, `none`. */
  readonly idleDriver: Finding<string>;
  readonly idleGovernor: Finding<string>;
}

/** The guest's memory. */
export interface MemoryInfo {
  readonly totalBytes: Finding<number>;
  readonly numaNodes: Finding<number>;
  /** `always`, `madvise`, `never`. */
  readonly transparentHugePages: Finding<string>;
  /** Pages set aside, by size: `2 MiB: 512`. */
  readonly reservedHugePages: Finding<readonly string[]>;
}

/** What one exit to the hypervisor costs, measured by CPUID, which every hypervisor must trap. */
export interface ExitCost {
  /** TSC cycles of one CPUID. */
  readonly minCycles: number;
  readonly medianCycles: number;
  readonly p90Cycles: number;
  /** The same in time by the TSC's measured rate. */
  readonly minNs: number;
  readonly medianNs: number;
  readonly p90Ns: number;
  readonly samples: number;
  /** CPUIDs in one sample. */
  readonly executionsPerSample: number;
}

/** A function of the PCI bus that computes or draws. */
export interface GpuFunction {
  /** `0000:01:00.0`. */
  readonly address: string;
  readonly vendorId: number;
  readonly deviceId: number;
  /** `NVIDIA`, `Red Hat virtio-gpu`; the numbers where no table has a name. */
  readonly name: string;
  readonly driver: Finding<string>;
}

/** Everything. */
export interface SystemInfo {
  readonly virtualization: VirtualizationInfo;
  readonly container: ContainerInfo;
  readonly kernel: KernelInfo;
  readonly cpu: CpuInfo;
  readonly memory: MemoryInfo;
  /** GPUs and other accelerators on the PCI bus; what Vulkan sees of them is in GpuAttachment. */
  readonly gpus: Finding<readonly GpuFunction[]>;
  readonly exitCost: Finding<ExitCost>;
}
