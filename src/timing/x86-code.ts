// Instructions that no library offers: a few bytes of x86-64 machine code, mapped once. Whoever brings the bytes
// comments them; nothing here knows what they do.
import { type Available, mapAvailable, unavailable } from '../base/availability.ts';
import { type MachineCode, openLibc } from './libc.ts';

/** Mapped code with the memory that it writes to. */
export interface X86Code {
  /** Runs the code, which finds the address of the memory in rdx: whoever runs it must keep the memory too. */
  run(first: number, second: number): void;
  readonly memory: ArrayBuffer;
}

/**
 * Maps code under the calling convention of {@link MachineCode}; it lives until the process ends.
 *
 * @param instruction What the code is there for, such as `CPUID`, for the reason where it cannot run.
 * @param bytes Of the memory that the code writes to.
 */
export function openX86Code(code: Uint8Array, instruction: string, bytes: number): Available<X86Code> {
  if (process.arch !== 'x64')
    return unavailable(`${instruction} is an x86 instruction, this is ${process.arch}`);
  const libc = openLibc();
  if (!libc.available) return libc;
  return mapAvailable(libc.value.mapCode(code), (mapped) =>
    bound(mapped, new ArrayBuffer(bytes), libc.value.addressOf),
  );
}

function bound(
  mapped: MachineCode,
  memory: ArrayBuffer,
  addressOf: (memory: ArrayBuffer) => number,
): X86Code {
  const address = addressOf(memory);
  return { run: (first, second) => mapped(first, second, address), memory };
}
