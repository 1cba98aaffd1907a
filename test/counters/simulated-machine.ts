// Machines and devices of a test of counters: files below a root, and a hypervisor that calls itself as the test says.
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import type { CountedDevice, CounterContext } from '../../src/counters/counter.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { recordedCpuid } from '../../src/virt/recorded-cpuid.ts';

interface Traits {
  readonly root?: string;
  readonly live?: boolean;
  /** Twelve characters; none is a machine without a hypervisor. */
  readonly hypervisor?: string;
  readonly devices?: readonly CountedDevice[];
}

/** What counters are opened for. */
export function contextOf({
  root = '/nowhere',
  live = true,
  hypervisor,
  devices = [],
}: Traits): CounterContext {
  const machine: Machine = {
    files: systemFiles(root),
    root,
    live,
    cpuid: available(recordedCpuid(hypervisor === undefined ? {} : leavesOf(hypervisor))),
    architecture: 'x64',
    variables: {},
    driverMode: () => unavailable('there is no driver'),
  };
  return { machine, devices };
}

function leavesOf(signature: string): Parameters<typeof recordedCpuid>[0] {
  const bytes = Buffer.from(signature.padEnd(12, '\0'), 'latin1');
  const word = (index: number): string => `0x${bytes.readUInt32LE(4 * index).toString(16)}`;
  return {
    '0x00000001': ['0x0', '0x0', '0x80000000', '0x0'],
    '0x40000000': ['0x40000010', word(0), word(1), word(2)],
  };
}

/** A GPU of a vendor, at an address or without one. */
export function deviceOf(vendorId: number, address: string | null): CountedDevice {
  const pciAddress = address === null ? unavailable('nobody tells it') : available(address);
  return { name: 'a device', software: false, vendorId, pciAddress };
}
