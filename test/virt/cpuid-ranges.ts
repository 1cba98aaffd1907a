// Leaves of CPUID in which hypervisors name themselves, and those of the machines around them, for tests of what they mean.
import { type CpuidRegisters, type Leaves, named } from '../timing/cpuid-fixture.ts';

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
