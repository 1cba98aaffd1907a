// A described machine as reports hold it: this code's own description of a small one.
import { describeSystem } from '../../src/virt/describe-system.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';
import { GUEST, range } from '../virt/cpuid-ranges.ts';
import { tableMachine } from '../virt/table-machine.ts';

/** A guest of KVM, as far as CPUID and three files tell. */
export function sampleMachine(): SystemInfo {
  return describeSystem(
    tableMachine({
      leaves: { ...GUEST, 1073741824: range('KVMKVMKVM') },
      files: {
        '/proc/cpuinfo': 'processor : 0\nflags : fpu hypervisor\n\nprocessor : 1\nflags : fpu hypervisor\n',
        '/proc/meminfo': 'MemTotal: 8388608 kB\n',
        '/proc/sys/kernel/osrelease': '6.1.0\n',
      },
    }),
  );
}
