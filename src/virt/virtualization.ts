// What this kernel runs on, put together: the processor's signs and the firmware's, weighed, with what the hypervisor offers. Knows
// which parts there are and nothing of how they are found out.
import { type Available, unavailable } from '../base/availability.ts';
import { describeCloud } from './cloud.ts';
import { describeConfidential } from './confidential.ts';
import { collectSigns } from './cpuid-evidence.ts';
import { certain, type Finding, likely } from './finding.ts';
import { firmwareEvidence } from './firmware-evidence.ts';
import { describeFeatures, describeVersion } from './hypervisor-features.ts';
import { FIRST_RANGE, leafOf } from './hypervisor-ranges.ts';
import { judgeHypervisor } from './judge-hypervisor.ts';
import type { Machine } from './machine.ts';
import { type MachineCpuid, readMachineCpuid } from './machine-cpuid.ts';
import { describeGuests, describeNested } from './nested.ts';
import { describeOffers } from './paravirtual-clock.ts';
import { plainText } from './plain-text.ts';
import { leafName } from './recorded-cpuid.ts';
import type { CpuidSignature, VirtualizationInfo } from './system-info.ts';
import { describeVmDevices } from './vm-devices.ts';

/** Describes what a machine runs on. Never throws: what is not known says why. */
export function describeVirtualization(machine: Machine): VirtualizationInfo {
  const cpuid = readMachineCpuid(machine);
  const firmware = firmwareEvidence(machine);
  const judgement = judgeHypervisor(collectSigns(cpuid, firmware));
  return {
    ...judgement,
    vendorString: vendorString(cpuid),
    signatures: signatures(cpuid),
    version: describeVersion(judgement.hypervisor, cpuid),
    features: describeFeatures(cpuid),
    ...describeOffers(machine, judgement.hypervisor, cpuid),
    nested: describeNested(cpuid, judgement),
    canHostGuests: describeGuests(machine, cpuid),
    confidential: describeConfidential(machine, cpuid, judgement),
    cloud: describeCloud(machine, firmware),
    ...describeVmDevices(machine),
  };
}

/** As PAPI has it (virtual_vendor_string), except that bytes which are no text are not shown as text. */
function vendorString(cpuid: Available<MachineCpuid>): Finding<string> {
  if (!cpuid.available) return cpuid;
  const { hypervisorBit, ranges, cite } = cpuid.value;
  if (!hypervisorBit) return likely('none', `${cite('0x00000001 ECX[31]')}: clear`);
  const [first] = ranges;
  if (first?.leaf === FIRST_RANGE) return certain(first.signature, cite(leafOf(first, 0)));
  return unavailable(`${cite(leafName(FIRST_RANGE))} holds no name, although ECX[31] of leaf 1 is set`);
}

function signatures(cpuid: Available<MachineCpuid>): Finding<readonly CpuidSignature[]> {
  if (!cpuid.available) return cpuid;
  const { ranges, cite } = cpuid.value;
  const value = ranges.map((range) => ({
    leaf: leafOf(range, 0),
    signature: plainText(range.signature),
    hypervisor: range.known?.id ?? ('other' as const),
  }));
  return certain(value, cite('0x40000000 to 0x40010000, every 0x100'));
}
