// Machines as tables of files, written below a temporary root: the probe reads them like a real one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** The files of a machine, by absolute path. */
export type MachineFiles = Readonly<Record<string, string | Uint8Array>>;

/** Writes a machine and gives its root; the root vanishes with the test. */
export function machineRoot(files: MachineFiles): string {
  const root = mkdtempSync(join(tmpdir(), 'guestmark-machine-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** A row of /proc/stat per CPU, with so many ticks of steal. */
export function procStat(...stealTicks: readonly number[]): string {
  const row = (name: string, steal: number): string => `${name} 100 0 100 1000 0 0 0 ${steal} 0 0\n`;
  const total = stealTicks.reduce((sum, ticks) => sum + ticks, 0);
  return row('cpu ', total) + stealTicks.map((ticks, cpu) => row(`cpu${cpu}`, ticks)).join('');
}

const linux: MachineFiles = {
  '/proc/thread-self/schedstat': '1000 200 3\n',
  '/proc/thread-self/sched': 'node (1, #threads: 11)\n',
  '/proc/cmdline': 'root=/dev/vda1 ro quiet\n',
  '/proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme sse2 hypervisor lahf_lm\n',
  '/proc/self/cgroup': '0::/user.slice\n',
  '/proc/sys/kernel/perf_event_paranoid': '3\n',
  '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'kvm-clock\n',
  '/sys/devices/system/clocksource/clocksource0/available_clocksource': 'kvm-clock tsc acpi_pm \n',
};

/** Debian 12 on KVM: steal is counted, and the scheduler does not know of it. */
export const debianKvm: MachineFiles = {
  ...linux,
  '/proc/stat': procStat(12, 0),
  '/proc/version': 'Linux version 6.1.0-28-amd64 (debian-kernel@lists.debian.org)\n',
  '/proc/sys/kernel/osrelease': '6.1.0-28-amd64\n',
  '/boot/config-6.1.0-28-amd64':
    'CONFIG_PARAVIRT=y\n# CONFIG_PARAVIRT_TIME_ACCOUNTING is not set\n# CONFIG_IRQ_TIME_ACCOUNTING is not set\n',
};

/** A kernel with paravirtual time accounting under Xen. */
export const xenGuest: MachineFiles = {
  ...linux,
  '/proc/stat': procStat(0),
  '/proc/sys/kernel/osrelease': '6.1.192\n',
  '/lib/modules/6.1.192/config':
    'CONFIG_PARAVIRT_TIME_ACCOUNTING=y\n# CONFIG_IRQ_TIME_ACCOUNTING is not set\n',
  '/sys/hypervisor/type': 'xen\n',
  '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'xen\n',
  '/sys/devices/system/clocksource/clocksource0/available_clocksource': 'xen tsc\n',
};

/** A physical machine. */
export const bareMetal: MachineFiles = {
  ...linux,
  '/proc/stat': procStat(0, 0, 0, 0),
  '/proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme sse2 vmx\n',
  '/proc/sys/kernel/osrelease': '6.8.0-45-generic\n',
  '/boot/config-6.8.0-45-generic': 'CONFIG_PARAVIRT=y\nCONFIG_IRQ_TIME_ACCOUNTING=y\n',
  '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'tsc\n',
  '/sys/devices/system/clocksource/clocksource0/available_clocksource': 'tsc hpet acpi_pm \n',
};

/** gVisor: a kernel that is not Linux and keeps no scheduler statistics. */
export const gvisorSandbox: MachineFiles = {
  '/proc/thread-self/status': 'Name:\tnode\n',
  '/proc/thread-self/stat': '1 (node) R\n',
  '/proc/version': 'Linux version 4.19.0-gvisor #1 SMP Sun Jan 10 15:06:54 PST 2016\n',
  '/proc/stat': procStat(0, 0),
  '/proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu vme sse2 hypervisor\n',
};

/** A container on an Ubuntu guest: another system's /boot. */
export const container: MachineFiles = {
  ...linux,
  '/proc/stat': procStat(0, 3),
  '/proc/sys/kernel/osrelease': '6.8.0-45-generic\n',
  '/boot/config-6.1.0-28-amd64': 'CONFIG_PARAVIRT_TIME_ACCOUNTING=y\n',
  '/proc/self/cgroup': '12:cpu,cpuacct:/\n1:name=systemd:/\n0::/\n',
};

/** A guest of Hyper-V, in Azure for instance: it is told nothing of steal. */
export const hyperV: MachineFiles = {
  ...linux,
  '/proc/stat': procStat(0, 0),
  '/proc/version': 'Linux version 6.8.0-1017-azure (buildd@lcy02)\n',
  '/proc/sys/kernel/osrelease': '6.8.0-1017-azure\n',
  '/boot/config-6.8.0-1017-azure':
    '# CONFIG_PARAVIRT_TIME_ACCOUNTING is not set\nCONFIG_IRQ_TIME_ACCOUNTING=y\n',
  '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'hyperv_clocksource_tsc_page\n',
  '/sys/devices/system/clocksource/clocksource0/available_clocksource':
    'hyperv_clocksource_tsc_page acpi_pm \n',
};

/** Windows Subsystem for Linux: a guest of Hyper-V whose kernel carries its configuration. */
export const wsl2: MachineFiles = {
  ...hyperV,
  '/proc/version': 'Linux version 5.15.153.1-microsoft-standard-WSL2 (root@941d701f84f1)\n',
  '/proc/sys/kernel/osrelease': '5.15.153.1-microsoft-standard-WSL2\n',
  '/proc/config.gz': gzipSync('CONFIG_PARAVIRT=y\n# CONFIG_PARAVIRT_TIME_ACCOUNTING is not set\n'),
};

/** A guest of VMware; whether it has a steal clock is a setting of the host. */
export const vmware: MachineFiles = {
  ...linux,
  '/proc/stat': procStat(0, 0),
  '/proc/sys/kernel/osrelease': '6.6.1\n',
  '/boot/config-6.6.1': 'CONFIG_PARAVIRT_TIME_ACCOUNTING=y\n# CONFIG_IRQ_TIME_ACCOUNTING is not set\n',
  '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'tsc\n',
  '/sys/devices/system/clocksource/clocksource0/available_clocksource': 'tsc acpi_pm \n',
};

/** gVisor since 2026: no name, a plain version, CPU time spread evenly over the CPUs, and no steal. */
export const namelessGvisor: MachineFiles = {
  ...gvisorSandbox,
  '/proc/version': 'Linux version 4.4.0 #1 SMP\n',
  '/proc/stat': 'cpu  40 0 20 60 0 0 0 0 0 0\ncpu0 20 0 10 30 0 0 0 0 0 0\ncpu1 20 0 10 30 0 0 0 0 0 0\n',
};
