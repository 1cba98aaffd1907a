// The values of VMware's guest library: their functions, the width of what those write, and what makes our units of theirs.
// A table, after vmGuestLib.h; VMware counts a megabyte as 2^20 bytes.
import type { CounterKind, CounterUnit } from './counter.ts';

/** One value. */
export interface GuestSdkValue {
  /** Of the counter, within its group. */
  readonly name: string;
  /** Of the function, without `VMGuestLib_Get`. */
  readonly function: string;
  /** Of what the function writes. */
  readonly bits: 32 | 64;
  readonly unit: CounterUnit;
  readonly kind: CounterKind;
  /** How many of our unit one of theirs is. */
  readonly scale: number;
  readonly description: string;
  /** Whether its largest number stands for none: VMware says so of limits. */
  readonly limit: boolean;
}

type Rest = Pick<GuestSdkValue, 'name' | 'function' | 'description'>;

export const GUEST_SDK_VALUES: readonly GuestSdkValue[] = [
  ms(
    'cpu:stolen',
    'CpuStolenMs',
    'Time in which this machine wanted to run and did not, over all its virtual CPUs',
  ),
  ms('cpu:used', 'CpuUsedMs', 'Time in which this machine used CPUs of the host'),
  ms('elapsed', 'ElapsedMs', 'Real time since this machine began to run on this host'),
  mhz('cpu:reservation', 'CpuReservationMHz', 'CPU speed that is kept for this machine'),
  { ...mhz('cpu:limit', 'CpuLimitMHz', 'CPU speed that this machine never gets more of'), limit: true },
  shares('cpu:shares', 'CpuShares', 'Weight of this machine where CPUs are scarce'),
  mhz('host:cpu-speed', 'HostProcessorSpeed', 'Clock of the CPUs of the host'),
  mb32('memory:reservation', 'MemReservationMB', 'Memory that is kept for this machine'),
  {
    ...mb32('memory:limit', 'MemLimitMB', 'Memory of the host that this machine never gets more of'),
    limit: true,
  },
  shares('memory:shares', 'MemShares', 'Weight of this machine where memory is scarce'),
  mb32('memory:mapped', 'MemMappedMB', 'Memory of this machine that memory of the host stands behind'),
  mb32('memory:active', 'MemActiveMB', 'Memory that this machine uses actively, as the host estimates it'),
  mb32('memory:overhead', 'MemOverheadMB', 'Memory that the host needs to run this machine'),
  mb32('memory:ballooned', 'MemBalloonedMB', 'Memory that the balloon driver took from this machine'),
  mb32('memory:swapped', 'MemSwappedMB', 'Memory of this machine that the host swapped out'),
  mb32('memory:shared', 'MemSharedMB', 'Memory of this machine that it shares with others'),
  mb32('memory:shared-saved', 'MemSharedSavedMB', 'Memory of the host that this sharing saves'),
  mb32('memory:used', 'MemUsedMB', 'Memory of the host that this machine uses: mapped less saved'),
  mb64('memory:target-size', 'MemTargetSizeMB', 'Memory that the host means to give this machine'),
  {
    ...plain('host:cpu-cores', 'HostNumCpuCores', 'CPU cores of the host'),
    bits: 32,
    unit: 'count',
    scale: 1,
  },
  ms('host:cpu-used', 'HostCpuUsedMs', 'Time in which anything used CPUs of the host'),
  mb64('host:memory:swapped', 'HostMemSwappedMB', 'Memory that the host swapped out'),
  mb64('host:memory:shared', 'HostMemSharedMB', 'Memory that machines of the host share'),
  mb64('host:memory:used', 'HostMemUsedMB', 'Memory of the host that is in use'),
  mb64('host:memory:physical', 'HostMemPhysMB', 'Memory of the host that its kernel can use'),
  mb64('host:memory:free', 'HostMemPhysFreeMB', 'Memory of the host that is free'),
  mb64('host:memory:kernel-overhead', 'HostMemKernOvhdMB', 'Memory that the kernel of the host needs'),
  mb64('host:memory:mapped', 'HostMemMappedMB', 'Memory of the host that is mapped'),
  mb64('host:memory:unmapped', 'HostMemUnmappedMB', 'Memory of the host that is not mapped'),
];

function plain(
  name: string,
  source: string,
  description: string,
): Rest & Pick<GuestSdkValue, 'kind' | 'limit'> {
  return { name, function: source, description, kind: 'gauge', limit: false };
}

function ms(name: string, source: string, description: string): GuestSdkValue {
  return { ...plain(name, source, description), bits: 64, unit: 'ns', kind: 'count', scale: 1e6 };
}

function mhz(name: string, source: string, description: string): GuestSdkValue {
  return { ...plain(name, source, description), bits: 32, unit: 'Hz', scale: 1e6 };
}

function shares(name: string, source: string, description: string): GuestSdkValue {
  return { ...plain(name, source, description), bits: 32, unit: 'shares', scale: 1 };
}

function mb32(name: string, source: string, description: string): GuestSdkValue {
  return { ...plain(name, source, description), bits: 32, unit: 'B', scale: 2 ** 20 };
}

function mb64(name: string, source: string, description: string): GuestSdkValue {
  return { ...mb32(name, source, description), bits: 64 };
}
