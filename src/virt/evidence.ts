// One sign of what a machine is, from one source. Collectors make them, src/virt/judge-hypervisor.ts weighs them; a sign that
// contradicts the verdict is reported and never dropped.
import type { Confidence } from './finding.ts';

/** What multiplexes the CPU: the part that steals. `other` names itself in `found`. */
export type HypervisorId =
  | 'none'
  | 'kvm'
  | 'qemu-tcg'
  | 'vmware'
  | 'hyper-v'
  | 'xen'
  | 'bhyve'
  | 'virtualbox'
  | 'parallels'
  | 'acrn'
  | 'qnx'
  | 'jailhouse'
  | 'openbsd-vmm'
  | 'nvmm'
  | 'haxm'
  | 'apple'
  | 'powervm'
  | 'z-vm'
  | 's390-lpar'
  | 'uml'
  | 'gvisor'
  | 'other';

/** The program that makes a machine around it: devices, firmware, tables. */
export type MonitorId =
  | 'qemu'
  | 'firecracker'
  | 'cloud-hypervisor'
  | 'crosvm'
  | 'kvmtool'
  | 'virtualbox'
  | 'vmware'
  | 'hyper-v'
  | 'xen'
  | 'parallels'
  | 'bhyve'
  | 'bochs'
  | 'nitro'
  | 'google'
  | 'apple'
  | 'proxmox'
  | 'other';

/** A sign. */
export interface Evidence {
  /** `CPUID 0x40000000`, `/sys/class/dmi/id/sys_vendor`. */
  readonly source: string;
  /** What stands there, as text: `KVMKVMKVM`, `Amazon EC2`. */
  readonly found: string;
  /** What it speaks for; a sign can speak for several things, or only say `virtual: true`. */
  readonly says: {
    /** Whether this kernel runs on a hypervisor at all. */
    readonly virtual?: boolean;
    readonly hypervisor?: HypervisorId;
    readonly monitor?: MonitorId;
    /** `AWS`, `Google Cloud`, `Azure`. */
    readonly cloud?: string;
    /** The product, where the sign names it: `m6g.metal`. */
    readonly product?: string;
    /** The hypervisor itself runs in a guest, or its CPU is presented by another one. */
    readonly nested?: boolean;
    /** The devices are the machine's own all the same: dom0 of Xen, the root partition of Hyper-V. */
    readonly privileged?: boolean;
  };
  readonly confidence: Confidence;
  /** Why it is not what it seems, where a known exception explains it; else absent. */
  readonly exception?: string;
}

/** Signs that cannot both be right. */
export interface Contradiction {
  /** One sentence: what is said here, and what is said there. */
  readonly statement: string;
  /** Which side the verdict took, and why. */
  readonly resolution: string;
  readonly sources: readonly string[];
}
