// Whether a machine is still the one on which a report was begun: samples of another kernel, another processor or a VM of another
// size do not belong into it. Compares what decides about times, and leaves out what changes by itself: load, frequencies, the time
// since boot. The device and the clocks are compared by the process that opens them. Pure.
import type { Available } from '../base/availability.ts';
import { formatBytes } from '../base/units.ts';
import type { Report, SystemRecord } from '../report/report.ts';
import type { SystemInfo } from '../virt/system-info.ts';

/** What a report says of the machine and the program. */
export type MachineParts = Pick<Report, 'tool' | 'system' | 'machine'>;

/** The memory of a guest varies by what its kernel keeps for itself at each boot. */
const SAME_MEMORY = 0.02;

/** `kernel is B and was A`, or null where the two are alike. */
export function machineDifference(before: MachineParts, now: MachineParts): string | null {
  return (
    firstDifference(identityOf(before), identityOf(now)) ??
    memoryDifference(before.system, now.system) ??
    variableDifference(before.system.driverVariables, now.system.driverVariables)
  );
}

type Identity = Readonly<Partial<Record<string, string | null>>>;

function firstDifference(before: Identity, now: Identity): string | null {
  // Who may read less than before has found nothing else.
  const what = Object.keys(before).find((name) => isOther(before[name], now[name]));
  return what === undefined ? null : `the ${what} is ${now[what]} and was ${before[what]}`;
}

function isOther(before: string | null | undefined, now: string | null | undefined): boolean {
  return typeof before === 'string' && typeof now === 'string' && before !== now;
}

/** By the words of a message; null for what is not known. */
function identityOf({ tool, system, machine }: MachineParts): Identity {
  return {
    'version of guestmark': tool.version,
    'version of Node': tool.node,
    'name of the machine': system.hostname,
    platform: `${system.platform} ${system.architecture}`,
    kernel: system.linuxRelease,
    'operating system': textOf(system.osRelease),
    processor: textOf(system.cpuModel),
    'number of CPUs': String(system.cpuCount),
    clocksource: textOf(system.clocksource),
    ...(machine.available ? describedIdentity(machine.value) : {}),
  };
}

function describedIdentity({ virtualization, container, kernel, cpu, memory }: SystemInfo): Identity {
  return {
    hypervisor: textOf(virtualization.hypervisor),
    'maker of the virtual machine': textOf(virtualization.monitor),
    'version of the hypervisor': textOf(virtualization.version),
    'steal clock': textOf(virtualization.stealClock),
    'promise of CPUs of its own': textOf(virtualization.dedicatedCpus),
    nesting: textOf(virtualization.nested),
    cloud: textOf(virtualization.cloud),
    container: textOf(container.container),
    'CPU quota': textOf(container.cpuQuota),
    'memory limit': textOf(container.memoryLimitBytes),
    'set of allowed CPUs': textOf(container.allowedCpus),
    'kernel parameters': textOf(kernel.bootParameters),
    'time accounting of interrupts': textOf(kernel.irqTimeAccounting),
    'number of sockets': textOf(cpu.sockets),
    'threads of a core': textOf(cpu.threadsPerCore),
    'frequency governor': textOf(cpu.frequencyGovernor),
    'idle governor': textOf(cpu.idleGovernor),
    'number of memory nodes': textOf(memory.numaNodes),
    'use of huge pages': textOf(memory.transparentHugePages),
  };
}

/** The name of what has one. */
function textOf(value: Available<unknown>): string | null {
  if (!value.available) return null;
  const known = value.value;
  if (typeof known === 'string') return known;
  const isNamed = typeof known === 'object' && known !== null && 'name' in known;
  return isNamed ? String(known.name) : JSON.stringify(known);
}

function memoryDifference(before: SystemRecord, now: SystemRecord): string | null {
  const change = Math.abs(now.memoryBytes / before.memoryBytes - 1);
  if (change <= SAME_MEMORY) return null;
  return `the memory is ${formatBytes(now.memoryBytes)} and was ${formatBytes(before.memoryBytes)}`;
}

type Variables = SystemRecord['driverVariables'];

function variableDifference(before: Variables, now: Variables): string | null {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  const name = names.find((one) => settingOf(before, one) !== settingOf(now, one));
  if (name === undefined) return null;
  return `the variable ${name} is ${settingOf(now, name)} and was ${settingOf(before, name)}`;
}

function settingOf(variables: Variables, name: string): string {
  return Object.hasOwn(variables, name) ? `"${variables[name]}"` : 'not set';
}
