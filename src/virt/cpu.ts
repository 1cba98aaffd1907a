// The guest's processors: what they are called, how many there are, whether their counter is a clock, and what governs their
// frequency and their sleep. A guest is told what its hypervisor chooses to tell.
import { type Available, unavailable } from '../base/availability.ts';
import type { SystemFiles } from '../base/system-files.ts';
import { cpuFlags, cpuModel } from './cpu-model.ts';
import { describeTopology } from './cpu-topology.ts';
import { certain, type Finding } from './finding.ts';
import type { Machine } from './machine.ts';
import { readInteger, readText } from './read-finding.ts';
import type { CpuInfo } from './system-info.ts';

const FREQUENCY = '/sys/devices/system/cpu/cpu0/cpufreq';
const IDLE = '/sys/devices/system/cpu/cpuidle';
const KHZ = 1000;

/** Describes the processors. */
export function describeCpu(machine: Machine): CpuInfo {
  const { files } = machine;
  const cpuinfo = files.read('/proc/cpuinfo');
  const flags = cpuFlags(cpuinfo);
  const isGuest = flags.available && flags.value.has('hypervisor');
  return {
    model: cpuModel(cpuinfo),
    ...describeTopology(files, isGuest),
    invariantTsc: invariantTsc(machine, flags),
    frequencyGovernor: ofFrequency(readText(files, `${FREQUENCY}/scaling_governor`)),
    frequencyDriver: ofFrequency(readText(files, `${FREQUENCY}/scaling_driver`)),
    currentHz: ofFrequency(readInteger(files, `${FREQUENCY}/scaling_cur_freq`, KHZ)),
    maximumHz: ofFrequency(readInteger(files, `${FREQUENCY}/cpuinfo_max_freq`, KHZ)),
    idleDriver: readText(files, `${IDLE}/current_driver`),
    idleGovernor: idleGovernor(files),
  };
}

function ofFrequency<T>(found: Finding<T>): Finding<T> {
  return found.available || !found.reason.endsWith('ENOENT')
    ? found
    : unavailable(`${found.reason}: no driver shows the frequency, as in most guests`);
}

/** Older kernels have the second name where the governor cannot be changed. */
function idleGovernor(files: SystemFiles): Finding<string> {
  const current = readText(files, `${IDLE}/current_governor`);
  return current.available ? current : readText(files, `${IDLE}/current_governor_ro`);
}

const LAST_EXTENDED_LEAF = 0x80000000;
/** Advanced Power Management Information; bit 8 of EDX is TscInvariant (AMD APM volume 3, Intel SDM volume 2). */
const POWER_LEAF = 0x80000007;
const INVARIANT_BIT = 8;

/** By the kernel, else by the CPU. */
function invariantTsc(
  { architecture, cpuid }: Machine,
  flags: Available<ReadonlySet<string>>,
): Finding<boolean> {
  if (architecture !== 'x64' && architecture !== 'ia32')
    return unavailable(`the time stamp counter is x86's, this is ${architecture}`);
  if (flags.available) {
    const missing = ['constant_tsc', 'nonstop_tsc'].filter((flag) => !flags.value.has(flag));
    const state = missing.length === 0 ? 'constant_tsc and nonstop_tsc' : `no ${missing.join(', no ')}`;
    return certain(missing.length === 0, `/proc/cpuinfo: flags: ${state}`);
  }
  if (!cpuid.available) return unavailable(`${flags.reason}; ${cpuid.reason}`);
  if (cpuid.value(LAST_EXTENDED_LEAF).eax < POWER_LEAF)
    return unavailable('CPUID has no leaf 0x80000007, and /proc/cpuinfo no flags');
  const isInvariant = ((cpuid.value(POWER_LEAF).edx >>> INVARIANT_BIT) & 1) === 1;
  return certain(isInvariant, 'CPUID 0x80000007: EDX bit 8');
}
