// The ranges of CPUID leaves from 0x40000000 on, in which hypervisors name themselves: one that also speaks another's interface
// has several. Tells a signature from the garbage that a CPU gives for leaves that it does not have; weighs nothing.
import type { CpuidRegisters, ReadCpuid } from '../timing/cpuid.ts';
import type { HypervisorId } from './evidence.ts';
import { type KnownSignature, knownSignature } from './hypervisor-signatures.ts';
import { leafName } from './recorded-cpuid.ts';

/** A range whose first leaf holds a name. */
export interface HypervisorRange {
  /** Its first leaf; the others are counted from it. */
  readonly leaf: number;
  /** Its highest leaf as it tells; KVM of old tells 0. */
  readonly highestLeaf: number;
  /** Twelve characters or fewer, without trailing NULs. */
  readonly signature: string;
  /** Undefined for a name that nobody knows. */
  readonly known: KnownSignature | undefined;
  /** Its second leaf says `Hv#1`: Hyper-V's interface, whoever speaks it (TLFS, 2.4). */
  readonly speaksHyperV: boolean;
}

export const FIRST_RANGE = 0x40000000;
/** Where Linux stops looking (cpuid_base_hypervisor). */
const LAST_RANGE = 0x40010000;
const RANGE_STEP = 0x100;
/** Nobody has more; whoever answers on every range is a hostile recording. */
const MOST_RANGES = 8;
const HYPER_V_INTERFACE = 0x31237648;

/**
 * Looks at every range once. Without the hypervisor's bit the leaves hold whatever the CPU has: only known names count then.
 */
export function scanRanges(read: ReadCpuid, hypervisorBit: boolean): readonly HypervisorRange[] {
  const garbage = [read(read(0).eax)];
  const ranges: HypervisorRange[] = [];
  for (let leaf = FIRST_RANGE; leaf <= LAST_RANGE && ranges.length < MOST_RANGES; leaf += RANGE_STEP) {
    const registers = read(leaf);
    const range = rangeAt(leaf, registers, read);
    const counts = range.known !== undefined || (leaf === FIRST_RANGE && hypervisorBit && isName(range));
    if (counts && !garbage.some((one) => isSame(one, registers))) ranges.push(range);
    // A hypervisor may answer leaves that it does not have with those of its first range.
    if (leaf === FIRST_RANGE) garbage.push(registers);
  }
  return ranges;
}

function rangeAt(leaf: number, registers: CpuidRegisters, read: ReadCpuid): HypervisorRange {
  const signature = signatureText(registers);
  const known = knownSignature(signature);
  const mayHaveMore = known !== undefined || leaf === FIRST_RANGE;
  return {
    leaf,
    highestLeaf: registers.eax >>> 0,
    signature,
    known,
    speaksHyperV: mayHaveMore && read(leaf + 1).eax >>> 0 === HYPER_V_INTERFACE,
  };
}

/** The text in EBX, ECX and EDX, without trailing NULs. */
export function signatureText({ ebx, ecx, edx }: Omit<CpuidRegisters, 'eax'>): string {
  return Buffer.from(Uint32Array.of(ebx, ecx, edx).buffer)
    .toString('latin1')
    .replace(/\0+$/, '');
}

/** Four printable characters or more: less is no name. */
const NAME = /^[\x20-\x7e]{4,12}$/;

function isName({ signature }: HypervisorRange): boolean {
  return NAME.test(signature) && signature.trim().length >= 4;
}

function isSame(one: CpuidRegisters, two: CpuidRegisters): boolean {
  return one.eax === two.eax && one.ebx === two.ebx && one.ecx === two.ecx && one.edx === two.edx;
}

/** The first range of a hypervisor that holds its own leaves: not the one in which it speaks Hyper-V's interface. */
export function rangeOf(
  ranges: readonly HypervisorRange[],
  hypervisor: HypervisorId,
): HypervisorRange | undefined {
  return ranges.find(
    ({ known, speaksHyperV }) => known?.id === hypervisor && (hypervisor === 'hyper-v' || !speaksHyperV),
  );
}

/** `0x40000101` of a range from 0x40000100 on, by its offset 1. */
export function leafOf({ leaf }: HypervisorRange, offset: number): string {
  return leafName(leaf + offset);
}

/** Whether the range goes as far as a leaf. KVM's second leaf is there even where it tells no highest one. */
export function reaches({ leaf, highestLeaf, known }: HypervisorRange, offset: number): boolean {
  if (offset <= 1 && known?.id === 'kvm') return true;
  return highestLeaf >= leaf + offset && highestLeaf - leaf < RANGE_STEP;
}
