// What a machine's CPUID says, read once: by the instruction, or by the kernel's device where that cannot be executed. Each leaf
// is an exit to the hypervisor, so none is read twice. Knows ranges and leaves, and judges nothing.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { ReadCpuid } from '../timing/cpuid.ts';
import { cpuidOnce } from './ask-once.ts';
import { CPUID_DEVICE, openCpuidDevice } from './cpuid-device.ts';
import { type HypervisorRange, scanRanges } from './hypervisor-ranges.ts';
import type { Machine } from './machine.ts';

/** CPUID of a machine. */
export interface MachineCpuid {
  /** Remembers what it read. */
  readonly read: ReadCpuid;
  /** Bit 31 of ECX of leaf 1, which no hardware sets. */
  readonly hypervisorBit: boolean;
  readonly ranges: readonly HypervisorRange[];
  /** How to cite a leaf or a bit: `CPUID 0x40000001 EAX[5]`, with the way it was read where that was not the instruction. */
  readonly cite: (place: string) => string;
}

/** Reads what tells of hypervisors, or says why neither the instruction nor the device does. Some 2.5 ms in a guest. */
export function readMachineCpuid(
  machine: Machine,
  openDevice: () => Available<ReadCpuid> = openCpuidDevice,
): Available<MachineCpuid> {
  const { cpuid } = machine;
  if (cpuid.available) return available(lookAt(cpuid.value, (place) => `CPUID ${place}`));
  if (!isX86(machine))
    return unavailable(`CPUID is an x86 instruction, and this machine is ${machine.architecture}`);
  if (!machine.live) return cpuid;
  const device = openDevice();
  if (!device.available) return unavailable(`${cpuid.reason}; ${device.reason}`);
  return available(
    lookAt(device.value, (place) => `CPUID ${place}, read from ${CPUID_DEVICE} (${cpuid.reason})`),
  );
}

function isX86({ architecture }: Machine): boolean {
  return architecture === 'x64' || architecture === 'ia32';
}

const HYPERVISOR_BIT = 31;

function lookAt(cpuid: ReadCpuid, cite: MachineCpuid['cite']): MachineCpuid {
  const read = cpuidOnce(cpuid);
  const hypervisorBit = ((read(1).ecx >>> HYPERVISOR_BIT) & 1) === 1;
  return { read, hypervisorBit, ranges: scanRanges(read, hypervisorBit), cite };
}
