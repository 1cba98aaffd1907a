// CPUID leaves of hypervisors, for tests of what they mean.
import type { CpuidRegisters, ReadCpuid } from '../../src/timing/cpuid.ts';

export type { CpuidRegisters };

/** Registers by leaf; a leaf that is not there is empty. */
export type Leaves = Readonly<Record<number, CpuidRegisters>>;

/** An empty leaf. */
export const none: CpuidRegisters = { eax: 0, ebx: 0, ecx: 0, edx: 0 };
/** Leaf 1 of any guest. */
export const hypervisorBit = { 1: { ...none, ecx: 2 ** 31 } };

/** The leaf in which a hypervisor names itself. */
export function named(name: string): CpuidRegisters {
  const bytes = Buffer.alloc(12);
  bytes.write(name, 'latin1');
  const [ebx, ecx, edx] = [0, 4, 8].map((offset) => bytes.readUInt32LE(offset));
  return { eax: 0, ebx: ebx as number, ecx: ecx as number, edx: edx as number };
}

/** The instruction on a machine with these leaves. */
export const cpuidOf =
  (leaves: Leaves): ReadCpuid =>
  (leaf) =>
    leaves[leaf] ?? none;
