// Machines made of tables: leaves of CPUID, and files. Everything that src/virt asks comes from here.
import { available, unavailable } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import type { Machine } from '../../src/virt/machine.ts';
import type { VirtualizationInfo } from '../../src/virt/system-info.ts';
import { type CpuidRegisters, cpuidOf, type Leaves, named } from '../timing/cpuid-fixture.ts';

/** The first leaves of the first two ranges. */
export const FIRST = 0x40000000;
export const SECOND = 0x40000100;

/** Leaf 0 of a CPU of AMD with leaves up to 0x10, as most. */
const highest: Leaves = { 0: { eax: 0x10, ebx: 0x68747541, ecx: 0x444d4163, edx: 0x69746e65 } };

/** Registers that are zero unless told. */
export function registers(some: Partial<CpuidRegisters>): CpuidRegisters {
  return { eax: 0, ebx: 0, ecx: 0, edx: 0, ...some };
}

/** The first leaf of a range that goes to `highest`, 0 where it does not tell. */
export function range(name: string, highestLeaf = 0): CpuidRegisters {
  return { ...named(name), eax: highestLeaf };
}

/** Leaf 1 of any guest. */
export const GUEST: Leaves = { ...highest, 1: registers({ ecx: 2 ** 31 }) };
/** Leaf 1 of any real machine. */
export const HARDWARE: Leaves = { ...highest, 1: registers({}) };

/** A machine with these leaves (none: no CPUID) and these files. */
export function machineOf(
  leaves: Leaves | undefined,
  files: Readonly<Record<string, string>> = {},
  architecture = 'x64',
): Machine {
  return {
    files: filesOf(files),
    root: '/recorded',
    live: false,
    cpuid: leaves === undefined ? unavailable('CPUID: not in the recording') : available(cpuidOf(leaves)),
    architecture,
    variables: {},
    driverMode: () => unavailable('not asked'),
  };
}

function filesOf(files: Readonly<Record<string, string>>): SystemFiles {
  const missing = (path: string) => unavailable(`${path}: ENOENT`);
  return {
    read: (path) => (Object.hasOwn(files, path) ? available(files[path] as string) : missing(path)),
    list: (path) => {
      const below = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      const names = below.map((file) => file.slice(path.length + 1).split('/')[0] as string);
      return names.length === 0 ? missing(path) : available([...new Set(names)].sort());
    },
    link: missing,
  };
}

/** What a line of the result would say. */
export function verdict({ virtual, hypervisor, monitor }: VirtualizationInfo): readonly unknown[] {
  return [
    virtual.available ? virtual.value : null,
    hypervisor.available ? hypervisor.value.id : null,
    monitor.available ? monitor.value.id : null,
  ];
}
