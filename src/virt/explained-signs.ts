// Signs that seem to contradict the verdict, and why they do not, or why they are wrong: the exceptions that detectors have learnt
// the hard way. A table; each row names the report or the document that it comes from where there is one.
import type { Evidence, HypervisorId, MonitorId } from './evidence.ts';

/** What was decided. */
export interface Verdict {
  readonly virtual: boolean | undefined;
  readonly hypervisor: HypervisorId | undefined;
  readonly monitor: MonitorId | undefined;
}

/** Why a sign is not what it seems. */
export interface Explanation {
  /** Both are right: no contradiction remains. */
  readonly reconciled: boolean;
  readonly reason: string;
}

interface Row extends Explanation {
  readonly holds: (sign: Evidence, verdict: Verdict) => boolean;
}

/** Where tables of the firmware stand. */
const FIRMWARE_FOLDERS = ['/sys/class/dmi/', '/sys/firmware/', '/proc/device-tree/', '/sys/bus/acpi/'];

const isCpuid = ({ source }: Evidence): boolean => source.startsWith('CPUID');
const isFirmware = ({ source }: Evidence): boolean =>
  FIRMWARE_FOLDERS.some((folder) => source.startsWith(folder));

const ROWS: readonly Row[] = [
  {
    holds: (sign, { hypervisor }) =>
      !isFirmware(sign) && sign.says.hypervisor === 'hyper-v' && hypervisor === 'kvm',
    reconciled: true,
    reason: "KVM speaks Hyper-V's interface to guests made for it (Hyper-V enlightenments)",
  },
  {
    // systemd issue 8844.
    holds: (sign, { hypervisor }) =>
      !isFirmware(sign) && sign.says.hypervisor === 'hyper-v' && hypervisor === 'xen',
    reconciled: true,
    reason: "Xen speaks Hyper-V's interface to guests made for it (viridian)",
  },
  {
    holds: (sign, { hypervisor }) =>
      !isFirmware(sign) && sign.says.hypervisor === 'xen' && hypervisor === 'kvm',
    reconciled: true,
    reason: "KVM emulates Xen's interface for guests that were made for it",
  },
  {
    holds: (sign, { hypervisor }) =>
      ['kvm', 'hyper-v'].includes(sign.says.hypervisor ?? '') &&
      ['virtualbox', 'parallels'].includes(hypervisor ?? '') &&
      !isFirmware(sign),
    reconciled: true,
    reason: 'it presents the interface of another hypervisor, so that guests use the clock that they know',
  },
  {
    holds: (sign, { hypervisor }) => isCpuid(sign) && (hypervisor === 'gvisor' || hypervisor === 'uml'),
    reconciled: true,
    reason: 'the processor speaks of the machine around this kernel, which is a process there',
  },
  {
    holds: (sign, { hypervisor }) => isCpuid(sign) && sign.says.virtual === false && hypervisor === 'xen',
    reconciled: true,
    reason: 'a paravirtual guest of Xen executes CPUID unfiltered, and sees the hardware',
  },
  {
    holds: (sign, { virtual }) => !isFirmware(sign) && sign.says.virtual === false && virtual === true,
    reconciled: false,
    reason: 'a hypervisor can hide its bit, and does so for drivers that refuse to work in guests',
  },
  {
    // systemd issue 21468: a Surface laptop.
    holds: ({ says }, { virtual }) =>
      virtual === false && (says.hypervisor === 'hyper-v' || says.monitor === 'hyper-v'),
    reconciled: false,
    reason: "Microsoft's own hardware has firmware of the same maker as Hyper-V's guests",
  },
  {
    // systemd issue 18929: m6g.metal.
    holds: ({ says }, { virtual }) => virtual === false && says.cloud !== undefined,
    reconciled: false,
    reason: 'clouds rent whole machines under the same name as guests',
  },
  {
    holds: ({ found, says }, { virtual }) =>
      virtual === false && says.virtual === true && /^1af4:|virtio/.test(found),
    reconciled: false,
    reason: 'network cards with processors of their own show virtio devices to real machines too',
  },
];

/** The first explanation that holds; undefined where the sign really contradicts the verdict. */
export function explainSign(sign: Evidence, verdict: Verdict): Explanation | undefined {
  return ROWS.find(({ holds }) => holds(sign, verdict));
}
