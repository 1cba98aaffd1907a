// The RDPMC instruction, by which VMware offers its pseudo performance counters. It kills a process that may not use it:
// nothing but a process that is there to die opens this.
import { type Available, mapAvailable } from '../base/availability.ts';
import { openX86Code } from '../timing/x86-code.ts';

const CODE = Uint8Array.of(
  0x49,
  0x89,
  0xd0, // mov r8, rdx: the result's address, before RDPMC overwrites it
  0x89,
  0xf9, // mov ecx, edi: the counter
  0x0f,
  0x33, // rdpmc
  0x41,
  0x89,
  0x00, // mov [r8], eax
  0x41,
  0x89,
  0x50,
  0x04, // mov [r8 + 4], edx
  0xc3, // ret
);

/** Reads a counter of 64 bits. */
export type Rdpmc = (counter: number) => bigint;

/** The instruction, or why it cannot be executed. That it can is no promise that it may. */
export function openRdpmc(): Available<Rdpmc> {
  return mapAvailable(openX86Code(CODE, 'RDPMC', 8), ({ run, memory }) => {
    const result = new BigUint64Array(memory);
    return (counter) => {
      run(counter, 0);
      return result[0] as bigint;
    };
  });
}
