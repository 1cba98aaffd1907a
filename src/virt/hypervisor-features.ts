// What the hypervisor says that it offers, and its version where it tells one: read from its own range of CPUID. Knows leaves;
// what the features are worth for timing is told in paravirtual-clock.ts.
import { type Available, unavailable } from '../base/availability.ts';
import type { HypervisorId } from './evidence.ts';
import { type FeatureRegister, featuresIn } from './feature-bits.ts';
import { certain, type Finding } from './finding.ts';
import { HYPER_V_FEATURES, HYPER_V_VERSION_LEAF } from './hyper-v-features.ts';
import { type HypervisorRange, leafOf, rangeOf, reaches } from './hypervisor-ranges.ts';
import { KVM_FEATURES } from './kvm-features.ts';
import type { MachineCpuid } from './machine-cpuid.ts';
import {
  ACRN_FEATURES,
  BHYVE_FEATURES,
  TIMING_LEAF,
  VMWARE_FEATURES,
  XEN_FEATURES,
} from './other-features.ts';
import type { HypervisorFeature, Named } from './system-info.ts';

const TABLES: ReadonlyMap<HypervisorId, readonly FeatureRegister[]> = new Map([
  ['kvm', KVM_FEATURES],
  ['hyper-v', HYPER_V_FEATURES],
  ['xen', XEN_FEATURES],
  ['vmware', VMWARE_FEATURES],
  ['bhyve', BHYVE_FEATURES],
  ['acrn', ACRN_FEATURES],
]);

/** Everything that the ranges offer: of the hypervisor itself, and of the interfaces of others that it speaks. */
export function describeFeatures(cpuid: Available<MachineCpuid>): Finding<readonly HypervisorFeature[]> {
  if (!cpuid.available) return cpuid;
  const { ranges, cite, read } = cpuid.value;
  const described = ranges.map((range) => ({ range, registers: registersOf(range) }));
  const features = described.flatMap(({ range, registers }) => [
    ...registers.flatMap(({ offset, register, bits }) =>
      featuresIn(read(range.leaf + offset)[register], bits),
    ),
    ...timingFeature(range, cpuid.value),
  ]);
  if (features.length > 0) {
    const leaves = described.flatMap(({ range, registers }) =>
      registers.map(({ offset }) => leafOf(range, offset)),
    );
    return certain(
      features,
      cite([...new Set(leaves)].join(', ') || leafOf(ranges[0] as HypervisorRange, 0)),
    );
  }
  return unavailable(nothingKnown(ranges));
}

function nothingKnown(ranges: readonly HypervisorRange[]): string {
  const [first] = ranges;
  return first === undefined
    ? 'CPUID: no hypervisor names itself, so there are no leaves of features'
    : `${first.known?.name ?? first.signature} tells no features that this tool knows`;
}

function registersOf(range: HypervisorRange): readonly FeatureRegister[] {
  // Who speaks Hyper-V's interface under a name of its own is asked by Hyper-V's table.
  const table = TABLES.get(range.speaksHyperV ? 'hyper-v' : (range.known?.id ?? 'other'));
  return (table ?? []).filter(({ offset }) => reaches(range, offset));
}

/** The frequency of the TSC, which VMware told first and several others tell in the same place. */
function timingFeature(range: HypervisorRange, { read }: MachineCpuid): readonly HypervisorFeature[] {
  if (range.speaksHyperV || !reaches(range, TIMING_LEAF)) return [];
  const { eax: tscKHz, ebx: busKHz } = read(range.leaf + TIMING_LEAF);
  const told = (kHz: number): string => (kHz === 0 ? '' : `: ${kHz >>> 0} kHz`);
  return [
    { name: 'TSC frequency', meaning: `the TSC's frequency is told${told(tscKHz)}`, offered: tscKHz !== 0 },
    {
      name: 'bus frequency',
      meaning: `the APIC timer's frequency is told${told(busKHz)}`,
      offered: busKHz !== 0,
    },
  ];
}

const HALF = 16;
const LOW_HALF = 0xffff;

/** `10.0.20348` of Hyper-V, `4.17` of Xen; a reason for the others, who tell none. */
export function describeVersion(
  hypervisor: Finding<Named<HypervisorId>>,
  cpuid: Available<MachineCpuid>,
): Finding<string> {
  if (!hypervisor.available) return hypervisor;
  const { id, name } = hypervisor.value;
  const offset = VERSION_LEAVES.get(id);
  if (id === 'none') return unavailable('no hypervisor, so no version of one');
  if (offset === undefined) return unavailable(`${name} does not tell its version`);
  if (!cpuid.available) return cpuid;
  const range = rangeOf(cpuid.value.ranges, id);
  if (range === undefined || !reaches(range, offset))
    return unavailable(`CPUID: no leaf with the version of ${name}`);
  const { eax, ebx } = cpuid.value.read(range.leaf + offset);
  const pair = (register: number): string => `${register >>> HALF}.${register & LOW_HALF}`;
  const version = id === 'xen' ? pair(eax) : `${pair(ebx)}.${eax >>> 0}`;
  return certain(version, cpuid.value.cite(leafOf(range, offset)));
}

const VERSION_LEAVES: ReadonlyMap<HypervisorId, number> = new Map([
  ['xen', 1],
  ['hyper-v', HYPER_V_VERSION_LEAF],
]);
