// A described machine as reports hold it: this code's own description of a small recorded one.
import { describeSystem } from '../../src/virt/describe-system.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';
import { machineOf } from '../counters/machines.ts';

/** Two CPUs below KVM, as far as three files tell. */
export function sampleMachine(): SystemInfo {
  return describeSystem(
    machineOf({
      'proc/cpuinfo': 'processor : 0\nflags : fpu hypervisor\n\nprocessor : 1\nflags : fpu hypervisor\n',
      'proc/meminfo': 'MemTotal: 8388608 kB\n',
      'proc/sys/kernel/osrelease': '6.1.0\n',
    }),
  );
}
