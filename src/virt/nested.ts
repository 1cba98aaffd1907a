// Whether the hypervisor is a guest itself, and whether this guest can have guests. A guest usually cannot see the first; what
// speaks for it is a table of rules, and silence is no proof.
import { type Available, unavailable } from '../base/availability.ts';
import { cpuFlags } from './cpu-flags.ts';
import type { Evidence, HypervisorId } from './evidence.ts';
import { hasBit } from './feature-bits.ts';
import { certain, claimed, type Finding } from './finding.ts';
import { HYPER_V_HINTS_LEAF, HYPER_V_NESTED_BIT } from './hyper-v-features.ts';
import { leafOf, rangeOf, reaches } from './hypervisor-ranges.ts';
import { hypervisorName } from './hypervisor-signatures.ts';
import type { Machine } from './machine.ts';
import type { MachineCpuid } from './machine-cpuid.ts';
import type { VirtualizationInfo } from './system-info.ts';

/** What the rules look at. */
interface Situation {
  readonly cpuid: Available<MachineCpuid>;
  readonly hypervisor: HypervisorId;
  readonly evidence: readonly Evidence[];
}

/** Each speaks for nesting, or is silent; the first that speaks is told. */
const RULES: readonly ((situation: Situation) => Finding<boolean> | undefined)[] = [
  saidByHyperV,
  saidByEvidence,
  twoNames,
  borrowedFirmware,
];

const CANNOT_SEE = 'a guest cannot see whether its hypervisor is a guest, and nothing here speaks for it';

/** Whether the hypervisor runs on another one. */
export function describeNested(
  cpuid: Available<MachineCpuid>,
  { virtual, hypervisor, evidence }: Pick<VirtualizationInfo, 'virtual' | 'hypervisor' | 'evidence'>,
): Finding<boolean> {
  if (virtual.available && !virtual.value)
    return { ...virtual, value: false, source: `no hypervisor: ${virtual.source}` };
  if (!virtual.available) return virtual;
  const id = hypervisor.available ? hypervisor.value.id : 'other';
  const situation: Situation = { cpuid, hypervisor: id, evidence };
  for (const rule of RULES) {
    const finding = rule(situation);
    if (finding !== undefined) return finding;
  }
  return unavailable(CANNOT_SEE);
}

/** TLFS 2.4.4: only where it is Hyper-V, for KVM speaks the same leaf. */
function saidByHyperV({ cpuid, hypervisor }: Situation): Finding<boolean> | undefined {
  if (!cpuid.available || hypervisor !== 'hyper-v') return undefined;
  const range = rangeOf(cpuid.value.ranges, 'hyper-v');
  if (range === undefined || !reaches(range, HYPER_V_HINTS_LEAF)) return undefined;
  if (!hasBit(cpuid.value.read(range.leaf + HYPER_V_HINTS_LEAF).eax, HYPER_V_NESTED_BIT)) return undefined;
  const place = `${leafOf(range, HYPER_V_HINTS_LEAF)} EAX[${HYPER_V_NESTED_BIT}]`;
  return certain(true, `${cpuid.value.cite(place)}: HV_X64_HYPERV_NESTED`);
}

function saidByEvidence({ evidence }: Situation): Finding<boolean> | undefined {
  const by = evidence.find(({ says }) => says.nested === true);
  return (
    by && { available: true, value: true, source: `${by.source}: ${by.found}`, confidence: by.confidence }
  );
}

/** The interfaces that a hypervisor speaks besides its own are explained, and no second hypervisor. */
function twoNames({ evidence, hypervisor }: Situation): Finding<boolean> | undefined {
  const second = evidence.find(
    ({ source, says, exception }) =>
      source.startsWith('CPUID') &&
      exception === undefined &&
      says.hypervisor !== undefined &&
      says.hypervisor !== 'other' &&
      says.hypervisor !== hypervisor,
  );
  if (second === undefined) return undefined;
  return claimed(
    true,
    `${second.source}: ${second.found} besides ${hypervisorName(hypervisor)} (the names of two hypervisors)`,
  );
}

/** libvirt can copy the DMI of the host (smbios mode="host"): then it tells what the host is. */
function borrowedFirmware({ evidence, hypervisor }: Situation): Finding<boolean> | undefined {
  if (hypervisor === 'other') return undefined;
  const host = evidence.find(
    ({ source, says, exception }) =>
      source.startsWith('/sys/class/dmi/') &&
      exception === undefined &&
      says.hypervisor !== undefined &&
      says.hypervisor !== hypervisor,
  );
  if (host === undefined) return undefined;
  return claimed(
    true,
    `${host.source}: ${host.found}, although this is ${hypervisorName(hypervisor)} (a guest may show the DMI of its host)`,
  );
}

const VMX_BIT = 5;
const SVM_BIT = 2;
const EXTENDED = 0x80000000;
const SVM_LEAF = 0x80000001;

/** Whether VMX or SVM is offered, or a KVM that needs neither is loaded. */
export function describeGuests(machine: Machine, cpuid: Available<MachineCpuid>): Finding<boolean> {
  // Made by a module that can start guests; /dev/kvm alone may be there for a module that is not loaded.
  const kvm = machine.files.list('/sys/devices/virtual/misc/kvm');
  const offered = cpuid.available ? offeredByCpuid(cpuid.value) : offeredByFlags(machine, cpuid.reason);
  if (!kvm.available || (offered.available && offered.value)) return offered;
  const although = offered.available ? `, although ${offered.source}: it needs neither, as PVM does` : '';
  return certain(true, `/sys/devices/virtual/misc/kvm: KVM has registered its device${although}`);
}

function offeredByCpuid({ read, cite }: MachineCpuid): Finding<boolean> {
  if (hasBit(read(1).ecx, VMX_BIT)) return certain(true, `${cite('0x00000001 ECX[5]')}: VMX`);
  if (read(EXTENDED).eax >>> 0 >= SVM_LEAF && hasBit(read(SVM_LEAF).ecx, SVM_BIT))
    return certain(true, `${cite('0x80000001 ECX[2]')}: SVM`);
  return certain(false, `${cite('0x00000001 ECX[5] and 0x80000001 ECX[2]')}: neither VMX nor SVM`);
}

function offeredByFlags(machine: Machine, reason: string): Finding<boolean> {
  const flags = cpuFlags(machine);
  if (flags === undefined)
    return unavailable(`${reason}; /proc/cpuinfo has no flags of an x86 CPU, and no KVM is loaded`);
  const flag = ['vmx', 'svm'].find((one) => flags.includes(one));
  return certain(flag !== undefined, `/proc/cpuinfo flags: ${flag ?? 'neither vmx nor svm'} (${reason})`);
}
