// Which parameters of the kernel's command line change timing or virtualization. Everything else on that line is never
// reported: it may hold addresses, names and secrets. A table of names, by the kernel's admin-guide/kernel-parameters.
import { plainText } from './plain-text.ts';

/** Names with `_`; a trailing `*` stands for any ending. The kernel takes `-` and `_` for the same. */
const NAMES: readonly string[] = [
  // Which CPUs are left alone, and by whom.
  'isolcpus',
  'nohz',
  'nohz_full',
  'rcu_nocbs',
  'irqaffinity',
  'skew_tick',
  'threadirqs',
  'preempt',
  'nosmt',
  'maxcpus',
  'nr_cpus',
  // How deep CPUs sleep, and how fast they run.
  'idle',
  'processor.max_cstate',
  'intel_idle.max_cstate',
  'cpuidle.off',
  'cpuidle.governor',
  'cpuidle_haltpoll.force',
  'haltpoll.*',
  'cpufreq.default_governor',
  'cpufreq.off',
  'intel_pstate',
  'amd_pstate',
  // Clocks.
  'tsc',
  'clocksource',
  'nohpet',
  'hpet',
  'no_steal_acc',
  'no_kvmclock',
  'no_kvmclock_vsyscall',
  'no_kvmapf',
  'no_timer_check',
  // What a kernel uses of its hypervisor, and whether it can be one.
  'nopv',
  'xen_nopv',
  'xen_nopvspin',
  'nopvspin',
  'hv_nopvspin',
  'kvm.*',
  'kvm_intel.*',
  'kvm_amd.*',
  'kvm_arm.mode',
  'nested_pvm',
  'mitigations',
  // Memory.
  'hugepages',
  'hugepagesz',
  'default_hugepagesz',
  'transparent_hugepage',
  'numa',
  'numa_balancing',
  'swiotlb',
  // Devices: an IOMMU, room for large BARs, interrupts.
  'iommu',
  'iommu.*',
  'intel_iommu',
  'amd_iommu',
  'lapic',
  'nolapic',
  'nolapic_timer',
  'lapic_timer_c2_ok',
  'noapic',
  'nox2apic',
  'x2apic_phys',
];

/** Of other parameters a single word of their values. */
const WORDS: Readonly<Record<string, readonly string[]>> = { pci: ['realloc', 'nomsi', 'noats'] };

/** The kernel's line has at most 4096 characters (COMMAND_LINE_SIZE). */
const MOST_CHARACTERS = 4096;
const MOST_PARAMETERS = 64;

/** The parameters of the table as they stand, in their order. What follows ` -- ` is for init and never the kernel's. */
export function tellingParameters(commandLine: string): readonly string[] {
  const all = commandLine.slice(0, MOST_CHARACTERS).split(/\s+/);
  const end = all.indexOf('--');
  return (end < 0 ? all : all.slice(0, end))
    .flatMap((parameter) => telling(parameter))
    .slice(0, MOST_PARAMETERS);
}

function telling(parameter: string): readonly string[] {
  const [name = '', ...rest] = parameter.split('=');
  const plain = name.replaceAll('-', '_');
  const words = Object.hasOwn(WORDS, plain) ? (WORDS[plain] ?? []) : [];
  const chosen = rest
    .join('=')
    .split(',')
    .filter((word) => words.includes(word.split('=')[0] as string));
  if (chosen.length > 0) return [plainText(`${name}=${chosen.join(',')}`)];
  return NAMES.some((known) => isNamed(plain, known)) ? [plainText(parameter)] : [];
}

function isNamed(name: string, known: string): boolean {
  return known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known;
}
