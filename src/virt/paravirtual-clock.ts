// What a hypervisor offers that changes how time is measured in its guest: a steal clock, a stable clock, spinlocks that know of
// preemption, CPUs of its own. One row for each hypervisor that tells; the others give the reason.
import { type Available, unavailable } from '../base/availability.ts';
import type { Fact } from '../timing/fact.ts';
import { stealClock } from '../timing/probe-hypervisor.ts';
import type { HypervisorId } from './evidence.ts';
import { hasBit } from './feature-bits.ts';
import { certain, type Finding, likely } from './finding.ts';
import {
  HYPER_V_CLUSTER_IPI_BIT,
  HYPER_V_FEATURES_LEAF,
  HYPER_V_GUEST_IDLE_BIT,
  HYPER_V_HINTS_LEAF,
  HYPER_V_REFERENCE_TSC_BIT,
} from './hyper-v-features.ts';
import { type HypervisorRange, leafOf, rangeOf, reaches } from './hypervisor-ranges.ts';
import { KVM_CLOCKSOURCE_STABLE_BIT, KVM_HINTS_REALTIME_BIT, KVM_PV_UNHALT_BIT } from './kvm-features.ts';
import type { Machine } from './machine.ts';
import type { MachineCpuid } from './machine-cpuid.ts';
import { XEN_RELIABLE_TSC_BIT, XEN_TIME_LEAF } from './other-features.ts';
import type { Named, VirtualizationInfo } from './system-info.ts';

type Offers = Pick<VirtualizationInfo, 'stealClock' | 'stableClock' | 'pvSpinlocks' | 'dedicatedCpus'>;
/** How one hypervisor tells: a bit, or two of which both are needed. */
interface Telling {
  readonly offset: number;
  /** `EAX[5]` is the register eax and the bit 5. */
  readonly register: 'eax' | 'edx';
  readonly bit: number;
}
type Table = ReadonlyMap<HypervisorId, readonly Telling[]>;

const STABLE_CLOCK: Table = new Map([
  ['kvm', [{ offset: 1, register: 'eax', bit: KVM_CLOCKSOURCE_STABLE_BIT }]],
  ['hyper-v', [{ offset: HYPER_V_FEATURES_LEAF, register: 'eax', bit: HYPER_V_REFERENCE_TSC_BIT }]],
  ['xen', [{ offset: XEN_TIME_LEAF, register: 'eax', bit: XEN_RELIABLE_TSC_BIT }]],
]);

/** Hyper-V: what Linux needs for them (arch/x86/hyperv/hv_spinlock.c). */
const PV_SPINLOCKS: Table = new Map([
  ['kvm', [{ offset: 1, register: 'eax', bit: KVM_PV_UNHALT_BIT }]],
  [
    'hyper-v',
    [
      { offset: HYPER_V_FEATURES_LEAF, register: 'eax', bit: HYPER_V_GUEST_IDLE_BIT },
      { offset: HYPER_V_HINTS_LEAF, register: 'eax', bit: HYPER_V_CLUSTER_IPI_BIT },
    ],
  ],
]);

const DEDICATED_CPUS: Table = new Map([
  ['kvm', [{ offset: 1, register: 'edx', bit: KVM_HINTS_REALTIME_BIT }]],
]);

const NOTHING_OFFERED = unavailable('no hypervisor, so nothing that one would offer');

/** What the hypervisor that multiplexes the CPU offers. Judges steal as the timing core does. */
export function describeOffers(
  machine: Machine,
  hypervisor: Finding<Named<HypervisorId>>,
  cpuid: Available<MachineCpuid>,
): Offers {
  const steal = stealClock(
    machine.files,
    cpuid.available ? { available: true, value: cpuid.value.read } : cpuid,
  );
  const told = (table: Table, what: string): Finding<boolean> => tell(table, what, hypervisor, cpuid);
  return {
    stealClock: stealFinding(steal, hypervisor),
    stableClock: told(STABLE_CLOCK, 'a stable clock'),
    pvSpinlocks: isXen(hypervisor)
      ? likely(true, 'what every Xen offers: an event channel wakes the CPU that waits for a lock')
      : told(PV_SPINLOCKS, 'paravirtual spinlocks'),
    dedicatedCpus: told(DEDICATED_CPUS, 'CPUs that are never taken away'),
  };
}

function stealFinding(steal: Fact<boolean>, hypervisor: Finding<Named<HypervisorId>>): Finding<boolean> {
  if (steal.available) return certain(steal.value, steal.source);
  return hypervisor.available && hypervisor.value.id === 'none' ? NOTHING_OFFERED : steal;
}

function isXen(hypervisor: Finding<Named<HypervisorId>>): boolean {
  return hypervisor.available && hypervisor.value.id === 'xen';
}

function tell(
  table: Table,
  what: string,
  hypervisor: Finding<Named<HypervisorId>>,
  cpuid: Available<MachineCpuid>,
): Finding<boolean> {
  if (!hypervisor.available) return hypervisor;
  const { id, name } = hypervisor.value;
  if (id === 'none') return NOTHING_OFFERED;
  const bits = table.get(id);
  if (bits === undefined) return unavailable(`${name} does not tell whether it offers ${what}`);
  if (!cpuid.available) return cpuid;
  const range = rangeOf(cpuid.value.ranges, id);
  if (range === undefined || bits.some(({ offset }) => !reaches(range, offset)))
    return unavailable(`CPUID: no leaf of ${name} that would tell of ${what}`);
  return certain(
    bits.every((bit) => isSet(cpuid.value, range, bit)),
    cpuid.value.cite(bits.map((bit) => placeOf(range, bit)).join(' and ')),
  );
}

function isSet(
  { read }: MachineCpuid,
  { leaf }: HypervisorRange,
  { offset, register, bit }: Telling,
): boolean {
  return hasBit(read(leaf + offset)[register], bit);
}

function placeOf(range: HypervisorRange, { offset, register, bit }: Telling): string {
  return `${leafOf(range, offset)} ${register.toUpperCase()}[${bit}]`;
}
