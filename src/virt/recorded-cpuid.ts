// CPUID of a recorded machine: leaves from a table, as the instruction would give them. Knows nothing of what they mean.
import type { CpuidRegisters, ReadCpuid } from '../timing/cpuid.ts';
import type { CpuidTable } from './manifest.ts';

const NOTHING: CpuidRegisters = { eax: 0, ebx: 0, ecx: 0, edx: 0 };

/** Reads the table; a leaf that is not in it is all zeros, which is what a CPU says of leaves that it reserves. */
export function recordedCpuid(table: CpuidTable): ReadCpuid {
  return (leaf, subleaf = 0) => {
    const name = leafName(leaf, subleaf);
    const registers = Object.hasOwn(table, name) ? table[name] : undefined;
    if (registers === undefined) return NOTHING;
    const [eax, ebx, ecx, edx] = registers.map(Number) as [number, number, number, number];
    return { eax, ebx, ecx, edx };
  };
}

/** `0x40000000`, and `0x0000000d.1` for subleaf 1. */
export function leafName(leaf: number, subleaf = 0): string {
  const name = `0x${(leaf >>> 0).toString(16).padStart(8, '0')}`;
  return subleaf === 0 ? name : `${name}.${subleaf}`;
}
