// CPUID by the kernel's device for it: for root, where this process may not map code of its own. Live machines only, which is why
// it reads the device itself and not a recorded file. Knows nothing of what leaves mean.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { type Available, available, unavailable } from '../base/availability.ts';
import type { CpuidRegisters, ReadCpuid } from '../timing/cpuid.ts';

/** Of the module `cpuid`; only root may open it. */
export const CPUID_DEVICE = '/dev/cpu/0/cpuid';
const REGISTER_BYTES = 16;
const SUBLEAF_SHIFT = 32n;
const NOTHING: CpuidRegisters = { eax: 0, ebx: 0, ecx: 0, edx: 0 };

/** CPUID of CPU 0, or why the device does not tell. Costs some 10 us a leaf: the device is not kept open. */
export function openCpuidDevice(device: string = CPUID_DEVICE): Available<ReadCpuid> {
  try {
    readLeaf(device, 0, 0);
  } catch (error) {
    return unavailable(`${device}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
  }
  return available((leaf, subleaf = 0) => {
    try {
      return readLeaf(device, leaf, subleaf);
    } catch {
      // A CPU that went offline meanwhile; nothing, as of a leaf that the CPU reserves.
      return NOTHING;
    }
  });
}

/** The file offset is the leaf, with the subleaf in its upper half (arch/x86/kernel/cpuid.c). */
function readLeaf(device: string, leaf: number, subleaf: number): CpuidRegisters {
  const fd = openSync(device, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const bytes = Buffer.alloc(REGISTER_BYTES);
    const position = BigInt(leaf >>> 0) | (BigInt(subleaf >>> 0) << SUBLEAF_SHIFT);
    if (readSync(fd, bytes, 0, REGISTER_BYTES, position) !== REGISTER_BYTES)
      throw Object.assign(new Error(), { code: 'too short' });
    const [eax, ebx, ecx, edx] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at)) as [
      number,
      number,
      number,
      number,
    ];
    return { eax, ebx, ecx, edx };
  } finally {
    closeSync(fd);
  }
}
