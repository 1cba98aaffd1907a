// Whether the hypervisor itself says that it is VMware's: without that, neither its guest library nor its pseudo performance
// counters may be touched, which crash a process elsewhere.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { Machine } from '../virt/machine.ts';

const HYPERVISOR_BIT = 31;
const FIRST_HYPERVISOR_LEAF = 0x4000_0000;
const SIGNATURE = 'VMwareVMware';

/** Nothing where CPUID says VMware; else why its interfaces are not tried. */
export function vmwareSignature({ cpuid, live }: Machine): Available<null> {
  if (!live) return unavailable('it answers on this machine only, not for a recorded one');
  if (!cpuid.available) return unavailable(`CPUID does not say whether this is VMware: ${cpuid.reason}`);
  if (((cpuid.value(1).ecx >>> HYPERVISOR_BIT) & 1) === 0)
    return unavailable('CPUID knows no hypervisor here, and so not VMware');
  const { ebx, ecx, edx } = cpuid.value(FIRST_HYPERVISOR_LEAF);
  const signature = Buffer.from(Uint32Array.of(ebx, ecx, edx).buffer).toString('latin1');
  return signature === SIGNATURE
    ? available(null)
    : unavailable(`the hypervisor is not VMware by CPUID (leaf 0x40000000)`);
}
