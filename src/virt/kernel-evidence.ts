// What the kernel says of what it runs on: kernels that are none of Linux's own, clocks that only a hypervisor offers, the flag of
// the CPU and words on the command line. Of the command line only single words leave this file: the rest may be secret.
import { ownValue } from '../base/own-value.ts';
import type { SystemFiles } from '../base/system-files.ts';
import type { Evidence } from './evidence.ts';
import type { Machine } from './machine.ts';
import { plainText } from './plain-text.ts';

/** Signs of the kernel, in the order: what kind of kernel, what it found, what it was told. */
export function kernelEvidence({ files }: Machine): readonly Evidence[] {
  return [
    ...gvisorEvidence(files),
    ...cpuinfoEvidence(files),
    ...releaseEvidence(files),
    ...clocksourceEvidence(files),
    ...ptpEvidence(files),
    ...commandLineEvidence(files),
  ];
}

/**
 * gVisor is a kernel of its own, which answers with a constant version and date (gVisor, pkg/sentry/syscalls/linux/linux64.go).
 * A text alone is easily imitated, and gVisor's task folders lack the scheduler's files, as src/timing knows too.
 */
const GVISOR_VERSION = /gvisor|Sun Jan 10 15:06:54 PST 2016/i;

function gvisorEvidence(files: SystemFiles): readonly Evidence[] {
  const version = files.read('/proc/version');
  if (!version.available) return [];
  const found = plainText(version.value);
  if (!GVISOR_VERSION.test(found)) return [];
  const task = files.list('/proc/thread-self');
  const isLinux = task.available && task.value.includes('schedstat');
  const confidence = task.available && !isLinux ? 'likely' : 'claimed';
  return [{ source: '/proc/version', found, says: { virtual: true, hypervisor: 'gvisor' }, confidence }];
}

/** The first processor of a long file; the others repeat it. */
const FIRST_CPU_CHARACTERS = 16_384;

function cpuinfoEvidence(files: SystemFiles): readonly Evidence[] {
  const text = files.read('/proc/cpuinfo');
  if (!text.available) return [];
  const first = text.value.slice(0, FIRST_CPU_CHARACTERS);
  const sign = (
    found: string,
    says: Evidence['says'],
    confidence: Evidence['confidence'],
  ): readonly Evidence[] => [{ source: '/proc/cpuinfo', found, says, confidence }];
  if (/^vendor_id\s{0,9}: ?User Mode Linux/m.test(first))
    return sign('User Mode Linux', { virtual: true, hypervisor: 'uml' }, 'certain');
  if (/\(emulated by qemu\)/.test(first))
    return sign('emulated by qemu', { virtual: true, monitor: 'qemu' }, 'certain');
  const flags = /^flags\s{0,9}:(.{0,8192})$/m.exec(first)?.[1];
  if (flags === undefined) return [];
  // The flag is CPUID's bit as the kernel saw it. Its absence is what bare metal and hiding hypervisors have in common.
  return flags.split(' ').includes('hypervisor')
    ? sign('flag hypervisor', { virtual: true }, 'certain')
    : sign('no flag hypervisor', { virtual: false }, 'likely');
}

/** The kernel that Microsoft builds for WSL2 runs on Hyper-V. WSL1's (`-Microsoft`) is Windows itself, and no hypervisor's guest. */
function releaseEvidence(files: SystemFiles): readonly Evidence[] {
  const source = '/proc/sys/kernel/osrelease';
  const release = files.read(source);
  if (!release.available) return [];
  const found = plainText(release.value);
  if (!/microsoft-standard|WSL2/.test(found)) return [];
  return [
    {
      source,
      found,
      says: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
      confidence: 'likely',
    },
  ];
}

/**
 * Clocks that the kernel registers once it has found a hypervisor's interface (arch/x86/kernel/kvmclock.c,
 * drivers/clocksource/hyperv_timer.c, arch/x86/xen/time.c). Likely: VirtualBox and Parallels offer KVM's interface, and KVM can
 * offer Hyper-V's and Xen's.
 */
const CLOCK_ROWS: Readonly<Record<string, Evidence['says']>> = {
  'kvm-clock': { virtual: true, hypervisor: 'kvm' },
  hyperv_clocksource_tsc_page: { virtual: true, hypervisor: 'hyper-v' },
  hyperv_clocksource_msr: { virtual: true, hypervisor: 'hyper-v' },
  hyperv_clocksource: { virtual: true, hypervisor: 'hyper-v' },
  xen: { virtual: true, hypervisor: 'xen' },
};

function clocksourceEvidence(files: SystemFiles): readonly Evidence[] {
  const source = '/sys/devices/system/clocksource/clocksource0/available_clocksource';
  const text = files.read(source);
  if (!text.available) return [];
  const names = new Set(plainText(text.value).split(' '));
  return Object.entries(CLOCK_ROWS).flatMap(([found, says]): readonly Evidence[] =>
    names.has(found) ? [{ source, found, says, confidence: 'likely' }] : [],
  );
}

/**
 * Clocks that a driver reads from the hypervisor by a call, on x86 and on Arm (drivers/ptp/ptp_kvm_common.c, ptp_vmw.c,
 * drivers/hv/hv_util.c): the only word of KVM itself that a guest on Arm sees without privileges.
 */
const PTP_ROWS: Readonly<Record<string, Evidence['says']>> = {
  'KVM virtual PTP': { virtual: true, hypervisor: 'kvm' },
  ptp_vmw: { virtual: true, hypervisor: 'vmware', monitor: 'vmware' },
  hyperv: { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
};
const MOST_CLOCKS = 64;

function ptpEvidence(files: SystemFiles): readonly Evidence[] {
  const clocks = files.list('/sys/class/ptp');
  if (!clocks.available) return [];
  return clocks.value.slice(0, MOST_CLOCKS).flatMap((clock): readonly Evidence[] => {
    const path = `/sys/class/ptp/${clock}/clock_name`;
    const name = files.read(path);
    const source = plainText(path);
    const found = name.available ? plainText(name.value) : '';
    const says = ownValue(PTP_ROWS, found);
    return says === undefined ? [] : [{ source, found, says, confidence: 'likely' }];
  });
}

/**
 * Words that whoever boots the kernel chose, hence claims. Virtio devices without a bus are another matter: the kernel was told
 * where they are, which a board never needs. What stands in the evidence is fixed here, and never the machine's own text.
 */
const WORD_ROWS: readonly {
  readonly word: RegExp;
  readonly found: string;
  readonly says: Evidence['says'];
  readonly confidence: Evidence['confidence'];
}[] = [
  // A parameter of kernels for guests of a pagetable-based hypervisor (PVM) that itself runs in a guest.
  { word: /^nested_pvm=1$/, found: 'nested_pvm=1', says: { nested: true }, confidence: 'claimed' },
  {
    word: /^-{0,2}firecracker/i,
    found: 'firecracker',
    says: { virtual: true, monitor: 'firecracker' },
    confidence: 'claimed',
  },
  {
    word: /^virtio_mmio\.device=/,
    found: 'virtio_mmio.device',
    says: { virtual: true },
    confidence: 'likely',
  },
];

function commandLineEvidence(files: SystemFiles): readonly Evidence[] {
  const source = '/proc/cmdline';
  const line = files.read(source);
  if (!line.available) return [];
  const words = wordsOf(line.value);
  return WORD_ROWS.flatMap(({ word, found, says, confidence }): readonly Evidence[] =>
    words.some((one) => word.test(one)) ? [{ source, found, says, confidence }] : [],
  );
}

function wordsOf(commandLine: string): readonly string[] {
  return commandLine.slice(0, 16_384).split(/\s/);
}

/** Of a command line what is evidence, each cut down to what the table looks for: for recordings. */
export function tellingWords(commandLine: string): readonly string[] {
  const words = wordsOf(commandLine);
  return WORD_ROWS.flatMap(({ word }) => words.flatMap((one) => word.exec(one)?.[0] ?? []).slice(0, 1));
}
