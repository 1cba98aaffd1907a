// Whether this guest's memory is kept from its host: AMD SEV, Intel TDX, Arm CCA and their like. What the CPU could do is no sign
// that it does; where only a register that the kernel alone can read would tell, that is the reason.
import { type Available, unavailable } from '../base/availability.ts';
import { cpuFlags } from './cpu-flags.ts';
import { hasBit } from './feature-bits.ts';
import { certain, type Finding, likely } from './finding.ts';
import { HYPER_V_FEATURES_LEAF, HYPER_V_ISOLATION_BIT, HYPER_V_ISOLATION_LEAF } from './hyper-v-features.ts';
import { leafOf, rangeOf, reaches, signatureText } from './hypervisor-ranges.ts';
import type { Machine } from './machine.ts';
import type { MachineCpuid } from './machine-cpuid.ts';
import type { VirtualizationInfo } from './system-info.ts';

/** Files and folders that only guests of the kind have: drivers make them once the CPU has told them what it is. */
const FOLDERS: readonly (readonly [path: string, kind: string])[] = [
  ['/sys/devices/virtual/misc/sev-guest', 'AMD SEV-SNP'],
  ['/sys/devices/system/cpu/sev', 'AMD SEV-SNP'],
  ['/sys/devices/virtual/misc/tdx_guest', 'Intel TDX'],
  ['/sys/devices/platform/arm-cca-dev', 'Arm CCA'],
];

/** Files that say yes by 1 and no by 0 (s390, POWER). */
const SWITCHES: readonly (readonly [path: string, kind: string])[] = [
  ['/sys/firmware/uv/prot_virt_guest', 'IBM Secure Execution'],
  ['/sys/devices/system/cpu/svm', 'IBM Protected Execution Facility'],
];

/** The kind of protection, or `none` where that can be told. */
export function describeConfidential(
  machine: Machine,
  cpuid: Available<MachineCpuid>,
  { virtual }: Pick<VirtualizationInfo, 'virtual'>,
): Finding<string> {
  const seen = byFiles(machine) ?? (cpuid.available ? byCpuid(cpuid.value) : undefined);
  if (seen !== undefined) return seen;
  if (virtual.available && !virtual.value)
    return { ...virtual, value: 'none', source: `no hypervisor: ${virtual.source}` };
  if (cpuid.available) return withoutSign(cpuid.value);
  if (cpuFlags(machine)?.includes('tdx_guest') === true)
    return likely('Intel TDX', '/proc/cpuinfo flags: tdx_guest');
  return unavailable(`${cpuid.reason}; no driver of a confidential guest is loaded, which proves nothing`);
}

function byFiles({ files }: Machine): Finding<string> | undefined {
  const folder = FOLDERS.find(([path]) => files.list(path).available);
  if (folder !== undefined) return certain(folder[1], folder[0]);
  for (const [path, kind] of SWITCHES) {
    const text = files.read(path);
    const value = text.available ? text.value.trim() : '';
    if (value === '1') return certain(kind, `${path}: 1`);
    if (value === '0') return certain('none', `${path}: 0`);
  }
  return undefined;
}

const TDX_LEAF = 0x21;
const TDX_SIGNATURE = 'IntelTDX    ';

function byCpuid(cpuid: MachineCpuid): Finding<string> | undefined {
  const { read, cite } = cpuid;
  if (read(0).eax >>> 0 >= TDX_LEAF) {
    const { ebx, ecx, edx } = read(TDX_LEAF);
    // In the order of the vendor's name in leaf 0: EBX, EDX, ECX.
    if (signatureText({ ebx, ecx: edx, edx: ecx }) === TDX_SIGNATURE)
      return certain('Intel TDX', cite('0x00000021: IntelTDX'));
  }
  return byHyperV(cpuid);
}

/** TLFS 2.4.12: HV_ISOLATION_TYPE. */
const ISOLATION_TYPES: readonly (string | undefined)[] = [
  undefined,
  'Hyper-V VBS',
  'AMD SEV-SNP',
  'Intel TDX',
];
const ISOLATION_TYPE_MASK = 0xf;

function byHyperV({ ranges, read, cite }: MachineCpuid): Finding<string> | undefined {
  const range = rangeOf(ranges, 'hyper-v');
  if (range === undefined || !reaches(range, HYPER_V_ISOLATION_LEAF)) return undefined;
  const { ebx } = read(range.leaf + HYPER_V_FEATURES_LEAF);
  if (!hasBit(ebx, HYPER_V_ISOLATION_BIT)) return undefined;
  const type = read(range.leaf + HYPER_V_ISOLATION_LEAF).ebx & ISOLATION_TYPE_MASK;
  const kind = ISOLATION_TYPES[type];
  return kind === undefined
    ? undefined
    : certain(kind, `${cite(leafOf(range, HYPER_V_ISOLATION_LEAF))}: isolation of type ${type}`);
}

const EXTENDED = 0x80000000;
const SEV_LEAF = 0x8000001f;
const SEV_BIT = 1;

/** Linux itself asks SEV's register only where CPUID offers SEV (sme_enable), so without the offer it is not in use. */
function withoutSign({ read, cite }: MachineCpuid): Finding<string> {
  const isOffered = read(EXTENDED).eax >>> 0 >= SEV_LEAF && hasBit(read(SEV_LEAF).eax, SEV_BIT);
  return isOffered
    ? unavailable(
        `${cite('0x8000001f EAX[1]')}: the CPU has SEV; whether it is in use is in a register that only the kernel can read (MSR 0xc0010131)`,
      )
    : certain('none', cite('0x00000021 and 0x8000001f: neither a TDX guest nor SEV'));
}
