// The signs of a hypervisor that CPUID gives, or /proc/cpuinfo where CPUID cannot be asked. Collects; what outweighs what is said
// in hypervisor-rules.ts.
import type { Available } from '../base/availability.ts';
import type { Evidence } from './evidence.ts';
import { hasBit } from './feature-bits.ts';
import {
  HYPER_V_CPU_MANAGEMENT_BIT,
  HYPER_V_CREATE_PARTITIONS_BIT,
  HYPER_V_FEATURES_LEAF,
} from './hyper-v-features.ts';
import { FIRST_RANGE, type HypervisorRange, leafOf, reaches } from './hypervisor-ranges.ts';
import type { MachineCpuid } from './machine-cpuid.ts';
import { plainText } from './plain-text.ts';

/** All signs of a machine, by who gives them. */
export interface Signs {
  /** Whether a hypervisor is there at all; undefined where neither CPUID nor the kernel's flags tell. */
  readonly bit: Evidence | undefined;
  /** Names in CPUID, in the order of their leaves. */
  readonly ranges: readonly Evidence[];
  /** Of firmware, buses and the kernel, in the order in which they were asked. */
  readonly firmware: readonly Evidence[];
}

/** Where the kernel tells what it made of CPUID: Xen's paravirtual guests execute the instruction unfiltered. */
export const KERNEL_FLAGS = '/proc/cpuinfo';

/** Puts the signs of CPUID before the others; where it cannot be asked, the kernel's flags of the CPU stand in for its bit. */
export function collectSigns(cpuid: Available<MachineCpuid>, firmware: readonly Evidence[]): Signs {
  if (!cpuid.available) return withKernelFlag(cpuid.reason, firmware);
  const ranges = cpuid.value.ranges.flatMap((range) => [
    signatureEvidence(range, cpuid.value),
    ...rootPartition(range, cpuid.value),
  ]);
  return { bit: bitEvidence(cpuid.value), ranges, firmware };
}

function withKernelFlag(reason: string, firmware: readonly Evidence[]): Signs {
  const flag = firmware.find(
    ({ source, says }) =>
      source === KERNEL_FLAGS && says.virtual !== undefined && says.hypervisor === undefined,
  );
  return {
    bit: flag && { ...flag, source: `${flag.source} (${reason})` },
    ranges: [],
    firmware: firmware.filter((one) => one !== flag),
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

/** What the root partition alone may do, as Linux knows it; a guest that may have guests creates partitions too (L1VH). */
const ROOT_BITS = [HYPER_V_CREATE_PARTITIONS_BIT, HYPER_V_CPU_MANAGEMENT_BIT];

/** Windows or Linux in the root partition runs on Hyper-V, and owns the hardware all the same. */
function rootPartition(range: HypervisorRange, { read, cite }: MachineCpuid): readonly Evidence[] {
  const isOwn = range.leaf === FIRST_RANGE && range.known?.id === 'hyper-v' && range.speaksHyperV;
  if (!isOwn || !reaches(range, HYPER_V_FEATURES_LEAF)) return [];
  const { ebx } = read(range.leaf + HYPER_V_FEATURES_LEAF);
  if (!ROOT_BITS.every((bit) => hasBit(ebx, bit))) return [];
  return [
    {
      source: cite(`${leafOf(range, HYPER_V_FEATURES_LEAF)} EBX[${ROOT_BITS.join(', ')}]`),
      found: 'CreatePartitions and CpuManagement',
      says: { virtual: true, hypervisor: 'hyper-v', privileged: true },
      confidence: 'certain',
      exception:
        'the root partition: Hyper-V hands out its CPUs as those of any other, but its devices are the real ones',
    },
  ];
}
