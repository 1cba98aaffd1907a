// The time stamp counter of x86, read by its instruction: a clock below those of the kernel, which a hypervisor scales or
// traps but no time daemon slews. x86-64 only.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { openCpuid, type ReadCpuid } from './cpuid.ts';
import { openX86Code, type X86Code } from './x86-code.ts';

/** The counter of this machine. */
export interface Tsc {
  /** Cycles since some second of this process; exact for as long as a double holds them, which is weeks. */
  readonly read: () => number;
  /** Its frequency, where CPUID states one: guests are seldom told. */
  readonly statedHz: Available<number>;
}

const CODE = Uint8Array.of(
  0x49,
  0x89,
  0xd0, // mov r8, rdx: the result's address, because RDTSC overwrites rdx
  0x0f,
  0xae,
  0xe8, // lfence: what comes before is done
  0x0f,
  0x31, // rdtsc
  0x41,
  0x89,
  0x00, // mov [r8], eax
  0x41,
  0x89,
  0x50,
  0x04, // mov [r8 + 4], edx
  0xc3, // ret
);

let opened: Available<Tsc> | undefined;

/** The time stamp counter, or why it cannot be read. Maps its code once per process. */
export function openTsc(): Available<Tsc> {
  opened ??= mapAvailable(openX86Code(CODE, 'RDTSC', 8), bindTsc);
  return opened;
}

function bindTsc({ run, memory }: X86Code): Tsc {
  const words = new Uint32Array(memory);
  run(0, 0);
  const epoch = words[1] as number;
  const cpuid = openCpuid();
  return {
    read: () => {
      run(0, 0);
      return ((words[1] as number) - epoch) * 2 ** 32 + (words[0] as number);
    },
    statedHz: cpuid.available ? statedTscHz(cpuid.value) : cpuid,
  };
}

const HYPERVISOR_LEAF = 0x40000000;
/** EAX is the frequency in kHz: VMware's convention, which QEMU follows for KVM. */
const HYPERVISOR_TIMING_LEAF = 0x40000010;
const TIMING_HYPERVISORS: readonly string[] = ['KVMKVMKVM\0\0\0', 'VMwareVMware'];
/** EBX / EAX is the frequency over that of the crystal, ECX that of the crystal in Hz or 0. */
const CRYSTAL_LEAF = 0x15;

/** The frequency in Hz that CPUID states. What a hypervisor says comes first: it may scale the counter. */
export function statedTscHz(cpuid: ReadCpuid): Available<number> {
  const { eax: lastHypervisorLeaf, ebx, ecx, edx } = cpuid(HYPERVISOR_LEAF);
  const name = Buffer.from(Uint32Array.of(ebx, ecx, edx).buffer).toString('latin1');
  if (TIMING_HYPERVISORS.includes(name) && lastHypervisorLeaf >= HYPERVISOR_TIMING_LEAF) {
    const { eax: kHz } = cpuid(HYPERVISOR_TIMING_LEAF);
    if (kHz > 0) return available(kHz * 1e3);
  }
  if (cpuid(0).eax < CRYSTAL_LEAF) return unavailable('CPUID states no frequency of the TSC');
  const { eax: denominator, ebx: numerator, ecx: crystalHz } = cpuid(CRYSTAL_LEAF);
  if (denominator === 0 || numerator === 0 || crystalHz === 0)
    return unavailable('CPUID states no frequency of the TSC');
  return available((crystalHz * numerator) / denominator);
}
