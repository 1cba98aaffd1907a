// The CPUID instruction: the only source that tells whether a hypervisor offers a steal clock before
// anything was stolen. x86-64 only. Knows the instruction and not what its leaves mean.
import { type Available, mapAvailable } from '../base/availability.ts';
import { openX86Code, type X86Code } from './x86-code.ts';

/** The four registers of one leaf. */
export interface CpuidRegisters {
  readonly eax: number;
  readonly ebx: number;
  readonly ecx: number;
  readonly edx: number;
}

/** Executes CPUID. Each call is an exit to the hypervisor: microseconds, not for a timed loop. */
export type ReadCpuid = (leaf: number, subleaf?: number) => CpuidRegisters;

const CODE = Uint8Array.of(
  0x53, // push rbx: the callee must keep it and CPUID overwrites it
  0x49,
  0x89,
  0xd0, // mov r8, rdx: the result's address
  0x89,
  0xf8, // mov eax, edi: the leaf
  0x89,
  0xf1, // mov ecx, esi: the subleaf
  0x0f,
  0xa2, // cpuid
  0x41,
  0x89,
  0x00, // mov [r8], eax
  0x41,
  0x89,
  0x58,
  0x04, // mov [r8 + 4], ebx
  0x41,
  0x89,
  0x48,
  0x08, // mov [r8 + 8], ecx
  0x41,
  0x89,
  0x50,
  0x0c, // mov [r8 + 12], edx
  0x5b, // pop rbx
  0xc3, // ret
);

let opened: Available<ReadCpuid> | undefined;

/** The CPUID instruction of this CPU, or why it cannot be executed. Maps its code once per process. */
export function openCpuid(): Available<ReadCpuid> {
  opened ??= mapAvailable(openX86Code(CODE, 'CPUID', 16), reader);
  return opened;
}

function reader({ run, memory }: X86Code): ReadCpuid {
  const registers = new Uint32Array(memory);
  return (leaf, subleaf = 0) => {
    run(leaf, subleaf);
    const [eax = 0, ebx = 0, ecx = 0, edx = 0] = registers;
    return { eax, ebx, ecx, edx };
  };
}
