// The signs of a hypervisor that CPUID gives, or /proc/cpuinfo where CPUID cannot be asked. Collects; what outweighs what is said
// in hypervisor-rules.ts.
import type { Available } from '../base/availability.ts';
import type { Evidence } from './evidence.ts';
import { hasBit } from './feature-bits.ts';
import { HYPER_V_CREATE_PARTITIONS_BIT, HYPER_V_FEATURES_LEAF } from './hyper-v-features.ts';
import { FIRST_RANGE, type HypervisorRange, leafOf, reaches } from './hypervisor-ranges.ts';
import type { Machine } from './machine.ts';
import type { MachineCpuid } from './machine-cpuid.ts';
import { plainText } from './plain-text.ts';

/** What the processor says. */
export interface CpuSigns {
  /** Whether a hypervisor is there at all; undefined where neither CPUID nor the kernel's flags tell. */
  readonly bit: Evidence | undefined;
  /** What the kernel made of it, where that is something else: Xen's paravirtual guests execute CPUID unfiltered. */
  readonly flag: Evidence | undefined;
  /** Names, in the order of their leaves. */
  readonly ranges: readonly Evidence[];
}

/** What a guest of the root partition of Hyper-V never has, and its dom0 on Xen: the hardware. */
export const ROOT_PARTITION = 'root partition';

/** Collects the signs. Reads /proc/cpuinfo only where CPUID shows no hypervisor: it is long on large machines. */
export function cpuEvidence(machine: Machine, cpuid: Available<MachineCpuid>): CpuSigns {
  if (!cpuid.available)
    return { bit: kernelFlag(machine, ` (${cpuid.reason})`), flag: undefined, ranges: [] };
  const { hypervisorBit, ranges } = cpuid.value;
  const flag = hypervisorBit ? undefined : kernelFlag(machine, '');
  return {
    bit: bitEvidence(cpuid.value),
    flag: flag?.says.virtual === true ? flag : undefined,
    ranges: ranges.flatMap((range) => [
      signatureEvidence(range, cpuid.value),
      ...rootPartition(range, cpuid.value),
    ]),
  };
}

function bitEvidence({ hypervisorBit, cite }: MachineCpuid): Evidence {
  return {
    source: cite('0x00000001 ECX[31]'),
    found: hypervisorBit ? 'set' : 'clear',
    says: { virtual: hypervisorBit },
    // No hardware sets it, but a hypervisor that hides may clear it.
    confidence: hypervisorBit ? 'certain' : 'likely',
  };
}

/** The flags of the first processor; undefined where there are none, as on Arm. */
export function cpuFlags({ files }: Pick<Machine, 'files'>): readonly string[] | undefined {
  const cpuinfo = files.read('/proc/cpuinfo');
  const line = cpuinfo.available ? /^flags[\t ]*:(.*)$/m.exec(cpuinfo.value) : null;
  return line?.[1]?.split(' ');
}

function kernelFlag(machine: Machine, because: string): Evidence | undefined {
  const flags = cpuFlags(machine);
  if (flags === undefined) return undefined;
  const virtual = flags.includes('hypervisor');
  return {
    source: `/proc/cpuinfo flags${because}`,
    found: virtual ? 'hypervisor' : 'no flag hypervisor',
    says: { virtual },
    confidence: virtual ? 'certain' : 'likely',
  };
}

function signatureEvidence(range: HypervisorRange, { cite }: MachineCpuid): Evidence {
  const { known, speaksHyperV } = range;
  const sign = { source: cite(leafOf(range, 0)), found: plainText(range.signature) };
  if (known !== undefined) {
    const monitor = known.monitor === undefined ? {} : { monitor: known.monitor };
    // Whoever is known by name only is named by `found`.
    const found = known.id === 'other' ? known.name : sign.found;
    return {
      ...sign,
      found,
      says: { virtual: true, hypervisor: known.id, ...monitor },
      confidence: 'certain',
    };
  }
  if (!speaksHyperV) return { ...sign, says: { virtual: true, hypervisor: 'other' }, confidence: 'likely' };
  return {
    ...sign,
    says: { virtual: true, hypervisor: 'kvm' },
    confidence: 'likely',
    exception:
      "Hyper-V's interface under a name that is not Hyper-V's: QEMU lets its user choose the name (hv-vendor-id), and nobody else does",
  };
}

/** Windows or Linux in the root partition runs on Hyper-V, and owns the hardware all the same. */
function rootPartition(range: HypervisorRange, { read, cite }: MachineCpuid): readonly Evidence[] {
  const isOwn = range.leaf === FIRST_RANGE && range.known?.id === 'hyper-v' && range.speaksHyperV;
  if (!isOwn || !reaches(range, HYPER_V_FEATURES_LEAF)) return [];
  const { ebx } = read(range.leaf + HYPER_V_FEATURES_LEAF);
  if (!hasBit(ebx, HYPER_V_CREATE_PARTITIONS_BIT)) return [];
  return [
    {
      source: cite(`${leafOf(range, HYPER_V_FEATURES_LEAF)} EBX[${HYPER_V_CREATE_PARTITIONS_BIT}]`),
      found: 'CreatePartitions',
      says: { virtual: true, hypervisor: 'hyper-v', product: ROOT_PARTITION },
      confidence: 'certain',
    },
  ];
}
