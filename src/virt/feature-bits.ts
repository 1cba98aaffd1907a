// Bits of a register that each stand for something that a hypervisor offers. The shape of the tables of features, and how they are
// read; which bits there are is in the tables.
import type { CpuidRegisters } from '../timing/cpuid.ts';
import type { HypervisorFeature } from './system-info.ts';

/** The bit, its name as the specification has it, and what that is in words. */
export type FeatureBit = readonly [bit: number, name: string, meaning: string];

/** The bits of one register of one leaf. */
export interface FeatureRegister {
  /** Of the leaf, counted from the first one of the hypervisor's range. */
  readonly offset: number;
  readonly register: keyof CpuidRegisters;
  readonly bits: readonly FeatureBit[];
}

/** Whether a bit is set. */
export function hasBit(register: number, bit: number): boolean {
  return ((register >>> bit) & 1) === 1;
}

/** The features of a register, offered or not. */
export function featuresIn(register: number, bits: readonly FeatureBit[]): readonly HypervisorFeature[] {
  return bits.map(([bit, name, meaning]) => ({ name, meaning, offered: hasBit(register, bit) }));
}
