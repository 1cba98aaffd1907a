// Whether there is a hypervisor, and whether it tells this machine how much time it takes. Evidence in
// the order of its strength; the absence of evidence stays unknown.
import { type Available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { parseCpuSteal } from './cpu-steal.ts';
import type { ReadCpuid } from './cpuid.ts';
import { type Fact, fact } from './fact.ts';
import { gvisor } from './probe-gvisor.ts';

/** A hypervisor is below this kernel. */
export function hypervisor(files: SystemFiles): Fact<boolean> {
  const type = files.read('/sys/hypervisor/type');
  if (type.available) return fact(true, `/sys/hypervisor/type: ${type.value.trim()}`);
  const compatible = files.read('/proc/device-tree/hypervisor/compatible');
  if (compatible.available) return fact(true, '/proc/device-tree/hypervisor');
  const cpuinfo = files.read('/proc/cpuinfo');
  if (!cpuinfo.available) return cpuinfo;
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo.value)?.[1]?.split(/\s+/);
  if (flags === undefined)
    return unavailable('/proc/cpuinfo: no x86 flags, and no other sign of a hypervisor');
  const present = flags.includes('hypervisor');
  return fact(present, `/proc/cpuinfo: ${present ? 'the flag' : 'no flag'} hypervisor`);
}

/** The hypervisor offers a steal clock, shown by steal counted since boot, by Xen, or by CPUID. */
export function stealClock(files: SystemFiles, cpuid: Available<ReadCpuid>): Fact<boolean> {
  const counted = countedSteal(files);
  if (counted.available) return counted;
  const sandbox = gvisor(files);
  if (sandbox.available && sandbox.value) return fact(false, `gVisor passes none on: ${sandbox.source}`);
  const type = files.read('/sys/hypervisor/type');
  if (type.available && type.value.trim() === 'xen') return fact(true, '/sys/hypervisor/type: xen');
  if (!cpuid.available) return unavailable(`${counted.reason}; ${cpuid.reason}`);
  const offered = believable(stealClockByCpuid(cpuid.value), files);
  return offered.available ? offered : unavailable(`${counted.reason}; ${offered.reason}`);
}

/** A masked CPUID may deny the KVM that the kernel found when it booted; two witnesses who disagree prove nothing. */
function believable(offered: Fact<boolean>, files: SystemFiles): Fact<boolean> {
  if (!offered.available || offered.value || offered.source.includes('KVM')) return offered;
  const clocks = files.read('/sys/devices/system/clocksource/clocksource0/available_clocksource');
  if (!clocks.available || !clocks.value.includes('kvm-clock')) return offered;
  return unavailable(`${offered.source}, but the kernel booted with KVM's clock`);
}

/** Steal was counted since boot; where none was, that proves nothing. */
export function countedSteal(files: SystemFiles): Fact<boolean> {
  const text = files.read('/proc/stat');
  const steal = text.available ? parseCpuSteal(text.value) : text;
  if (!steal.available) return steal;
  const ticks = [...steal.value.values()].reduce((sum, value) => sum + value, 0);
  return ticks > 0
    ? fact(true, `/proc/stat: ${ticks} ticks of steal since boot`)
    : unavailable('/proc/stat: no steal since boot');
}

const HYPERVISOR_BIT = 31;
const FIRST_LEAF = 0x40000000;
/** A hypervisor that also speaks Hyper-V's interface puts its own leaves 0x100 further. */
const LEAF_STEP = 0x100;
const LEAF_SETS = 3;
const KVM_STEAL_TIME_BIT = 5;

/**
 * What the hypervisors that name themselves offer; `undefined` where the name alone does not tell. On x86 Linux has a steal clock
 * for KVM, Xen and VMware only (`pv_steal_clock`).
 */
const OFFERS: ReadonlyMap<string, boolean | undefined> = new Map([
  ['XenVMMXenVMM', true],
  ['VMwareVMware', undefined],
  ['Microsoft Hv', false],
  ['TCGTCGTCGTCG', false],
  ['prl hyperv  ', false],
  [' lrpepyh  vr', false],
  ['bhyve bhyve ', false],
  ['BHyVE BHyVE ', false],
  ['VBoxVBoxVBox', false],
  ['ACRNACRNACRN', false],
  ['Jailhouse', false],
  ['OpenBSDVMM58', false],
  ['___ NVMM ___', false],
  ['HAXMHAXMHAXM', false],
]);

/** Asks the hypervisor's own leaves. KVM states the steal clock as feature bit 5 (KVM_FEATURE_STEAL_TIME). */
export function stealClockByCpuid(cpuid: ReadCpuid): Fact<boolean> {
  if (((cpuid(1).ecx >>> HYPERVISOR_BIT) & 1) === 0) return fact(false, 'CPUID: no hypervisor');
  const names: string[] = [];
  for (let set = 0; set < LEAF_SETS; set++) {
    const base = FIRST_LEAF + set * LEAF_STEP;
    const name = signature(cpuid, base);
    if (name === 'KVMKVMKVM') {
      const offered = ((cpuid(base + 1).eax >>> KVM_STEAL_TIME_BIT) & 1) === 1;
      return fact(offered, `CPUID: KVM ${offered ? 'offers' : 'does not offer'} its steal clock`);
    }
    if (OFFERS.has(name)) names.push(name);
  }
  const listed = names.map((name) => name.trim()).join(', ');
  if (names.some((name) => OFFERS.get(name) === true)) return fact(true, `CPUID: ${listed}`);
  const silent = names.length > 0 && names.every((name) => OFFERS.get(name) === false);
  if (silent) return fact(false, `CPUID: ${listed} has no steal clock`);
  return unavailable(`CPUID: whether ${listed || 'this hypervisor'} has a steal clock is not known`);
}

function signature(cpuid: ReadCpuid, leaf: number): string {
  const { ebx, ecx, edx } = cpuid(leaf);
  return Buffer.from(Uint32Array.of(ebx, ecx, edx).buffer)
    .toString('latin1')
    .replace(/\0+$/, '');
}
