// CPUID over and over in machine code, between two readings of the time stamp counter. Every guest leaves to its
// hypervisor for this instruction, always: what it costs is what an exit costs, with nothing of a language around it.
import { type Available, mapAvailable } from '../base/availability.ts';
import { openX86Code, type X86Code } from './x86-code.ts';

/** The loop, and what its last run found. */
export interface CpuidLoop {
  /** Executes CPUID `count` times (at least once). */
  run(count: number, leaf: number): void;
  /** TSC cycles of the last run, one reading of the counter included. */
  cycles(): number;
  /** EBX of every execution, added up modulo 2^32. */
  sumOfEbx(): number;
}

const CODE = Uint8Array.of(
  0x53, // push rbx: the callee must keep it and CPUID overwrites it
  0x49,
  0x89,
  0xd0, // mov r8, rdx: the result's address
  0x41,
  0x89,
  0xf9, // mov r9d, edi: how many are left
  0x45,
  0x31,
  0xd2, // xor r10d, r10d: the sum
  0x0f,
  0x31, // rdtsc
  0x48,
  0xc1,
  0xe2,
  0x20, // shl rdx, 32
  0x48,
  0x09,
  0xc2, // or rdx, rax
  0x49,
  0x89,
  0xd3, // mov r11, rdx: the counter at the start
  0x89,
  0xf0, // next: mov eax, esi: the leaf
  0x31,
  0xc9, // xor ecx, ecx: its subleaf 0
  0x0f,
  0xa2, // cpuid
  0x41,
  0x01,
  0xda, // add r10d, ebx
  0x41,
  0xff,
  0xc9, // dec r9d
  0x75,
  0xf2, // jnz next (14 bytes back)
  0x0f,
  0x31, // rdtsc
  0x48,
  0xc1,
  0xe2,
  0x20, // shl rdx, 32
  0x48,
  0x09,
  0xd0, // or rax, rdx
  0x4c,
  0x29,
  0xd8, // sub rax, r11
  0x49,
  0x89,
  0x00, // mov [r8], rax
  0x45,
  0x89,
  0x50,
  0x08, // mov [r8 + 8], r10d
  0x5b, // pop rbx
  0xc3, // ret
);

let opened: Available<CpuidLoop> | undefined;

/** The loop, or why it cannot run. Maps its code once per process. */
export function openCpuidLoop(): Available<CpuidLoop> {
  opened ??= mapAvailable(openX86Code(CODE, 'CPUID', 16), bindLoop);
  return opened;
}

function bindLoop({ run, memory }: X86Code): CpuidLoop {
  const words = new Uint32Array(memory);
  return {
    run: (count, leaf) => {
      if (!(count >= 1)) throw new RangeError(`Cannot execute CPUID ${count} times`);
      run(count, leaf);
    },
    cycles: () => (words[1] as number) * 2 ** 32 + (words[0] as number),
    sumOfEbx: () => words[2] as number,
  };
}
