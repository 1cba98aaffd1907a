// Machines for tests of counters: recorded ones made of a few files below a folder, for counters that keep files open, devices on
// them, and the readings of a group. Those that are all in memory are made in test/virt/table-machine.ts.
import { expect } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import type {
  CountedDevice,
  CounterContext,
  CounterGroupDefinition,
  CounterReadings,
  CounterSource,
} from '../../src/counters/counter.ts';
import type { CpuidRegisters } from '../../src/timing/cpuid.ts';
import type { Machine } from '../../src/virt/machine.ts';
import { recordedMachine, thisMachine } from '../../src/virt/open-machine.ts';
import { cpuidOf, hypervisorBit, named } from '../timing/cpuid-fixture.ts';
import { type MachineFiles, machineRoot } from '../timing/machine-fixture.ts';
import { tableMachine } from '../virt/table-machine.ts';

/** A recorded machine with these files, and these leaves of CPUID where there are any. */
export function machineOf(files: MachineFiles, leaves?: Readonly<Record<number, CpuidRegisters>>): Machine {
  const machine = recordedMachine(machineRoot(files));
  return leaves === undefined ? machine : { ...machine, cpuid: available(cpuidOf(leaves)) };
}

interface Traits {
  readonly root?: string;
  readonly live?: boolean;
  /** Twelve characters; none is a machine without a hypervisor. */
  readonly hypervisor?: string;
  readonly devices?: readonly CountedDevice[];
}

/** What counters are opened for: this machine as it seems, with files below a root and a hypervisor of a name. */
export function contextOf({
  root = '/nowhere',
  live = true,
  hypervisor,
  devices = [],
}: Traits): CounterContext {
  const leaves =
    hypervisor === undefined
      ? {}
      : { ...hypervisorBit, 1073741824: { ...named(hypervisor), eax: 0x40000010 } };
  return { machine: { ...tableMachine({ live, leaves }), files: systemFiles(root), root }, devices };
}

/** A GPU of a vendor, at an address or without one. */
export function deviceOf(vendorId: number, address: string | null): CountedDevice {
  const pciAddress = address === null ? unavailable('nobody tells it') : available(address);
  return { name: 'a device', software: false, vendorId, pciAddress };
}

/** Opens a group that must be there. */
export function openGroup(
  group: CounterGroupDefinition,
  machine: Machine = thisMachine(),
  context: Partial<CounterContext> = {},
): CounterSource {
  const opened = group.open({ machine, devices: [], ...context });
  if (!opened.available) throw new Error(`${group.id}: ${opened.reason}`);
  const names = opened.value.counters.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => name.startsWith(`${group.id}:`))).toBe(true);
  return opened.value;
}

/** Why a group is not there; undefined where it is. */
export function reasonOf(group: CounterGroupDefinition, machine: Machine): string | undefined {
  const opened = group.open({ machine, devices: [] });
  if (!opened.available) return opened.reason;
  opened.value[Symbol.dispose]();
  return undefined;
}

/** What was read, plainly: a number or a reason. */
export function plain(readings: CounterReadings): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    [...readings].map(([name, value]) => [name, value.available ? value.value : value.reason]),
  );
}

/** A number that was read of this machine. */
export function numberOf(readings: CounterReadings, name: string): number {
  const value = readings.get(name) ?? unavailable('no such counter');
  if (!value.available) throw new Error(`${name}: ${value.reason}`);
  return value.value;
}
