// What a machine says of its performance monitoring unit without any of its counters being opened: by CPUID, by the
// hypervisor's leaf, and by the drivers that the kernel loaded. A table of signs; whether a counter counts is found out elsewhere.
import type { ReadCpuid } from '../timing/cpuid.ts';
import type { Machine } from '../virt/machine.ts';
import { plainText } from '../virt/plain-text.ts';

/** A leaf of CPUID that tells of counters. */
interface PmuLeaf {
  readonly leaf: number;
  /** Whether this CPU or hypervisor has the leaf; a CPU answers a leaf that it lacks with another one's registers. */
  readonly exists: (cpuid: ReadCpuid) => boolean;
  readonly says: (registers: ReturnType<ReadCpuid>) => string;
}

const EXTENDED = 0x8000_0000;
const isSet = (word: number, bit: number): boolean => ((word >>> bit) & 1) === 1;
/** "Hv#1": the hypervisor speaks Hyper-V's interface (TLFS). */
const HYPER_V_INTERFACE = 0x3123_7648;

/** Intel SDM, AMD APM 3 (appendix E), Hyper-V TLFS. */
const LEAVES: readonly PmuLeaf[] = [
  {
    leaf: 0xa,
    exists: (cpuid) => cpuid(0).eax >>> 0 >= 0xa,
    says: ({ eax }) =>
      (eax & 0xff) === 0
        ? 'no architectural performance monitoring'
        : `architectural performance monitoring, version ${eax & 0xff}, ${(eax >>> 8) & 0xff} counters`,
  },
  {
    leaf: EXTENDED + 1,
    exists: (cpuid) => cpuid(EXTENDED).eax >>> 0 >= EXTENDED + 1,
    says: ({ ecx }) => `${isSet(ecx, 23) ? '' : 'no '}PerfCtrExtCore`,
  },
  {
    leaf: EXTENDED + 0x22,
    exists: (cpuid) => cpuid(EXTENDED).eax >>> 0 >= EXTENDED + 0x22,
    says: ({ eax }) => `${isSet(eax, 0) ? '' : 'no '}PerfMonV2`,
  },
  {
    leaf: 0x4000_0003,
    exists: (cpuid) => isSet(cpuid(1).ecx, 31) && cpuid(0x4000_0001).eax >>> 0 === HYPER_V_INTERFACE,
    says: ({ edx }) => `Hyper-V ${isSet(edx, 2) ? 'offers' : 'does not offer'} performance monitoring`,
  },
];

/** Drivers of the CPU's own counters: `cpu`, those of hybrid CPUs, and those of Arm. */
const CPU_DRIVER = /^(cpu|cpu_core|cpu_atom|armv\d.*pmu.*)$/;

/** Each sign in words, such as `CPUID 0xa: no architectural performance monitoring`. */
export function pmuEvidence({ cpuid, files }: Pick<Machine, 'cpuid' | 'files'>): readonly string[] {
  const leaves = cpuid.available
    ? LEAVES.filter(({ exists }) => exists(cpuid.value)).map(
        ({ leaf, says }) => `CPUID 0x${leaf.toString(16)}: ${says(cpuid.value(leaf))}`,
      )
    : [];
  const folder = '/sys/bus/event_source/devices';
  const sources = files.list(folder);
  if (!sources.available) return leaves;
  const drivers = sources.value
    .filter((name) => CPU_DRIVER.test(name))
    .slice(0, 8)
    .map(plainText);
  const found = drivers.length === 0 ? 'none of a CPU' : drivers.join(', ');
  return [...leaves, `${folder}: ${found}`];
}
