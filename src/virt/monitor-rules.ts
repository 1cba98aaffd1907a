// Which monitor made the machine: a table of rules behind those of hypervisor-rules.ts. Firmware and devices are a monitor's own
// work, so they go before the processor, which speaks for the hypervisor.
import type { HypervisorId, MonitorId } from './evidence.ts';
import { best, decided, type Rule } from './hypervisor-rules.ts';

/** From the one that only one machine has to those that others build upon: firmware of QEMU is in Proxmox VE too. */
const MONITORS: readonly MonitorId[] = [
  'firecracker',
  'cloud-hypervisor',
  'crosvm',
  'kvmtool',
  'nitro',
  'google',
  'proxmox',
  'virtualbox',
  'parallels',
  'vmware',
  'apple',
  'bhyve',
  'hyper-v',
  'xen',
  'qemu',
  'bochs',
  'other',
];

/** Which monitor it is: firmware first, which is its work; else the hypervisor that comes with one of its own. */
export const MONITOR_RULES: readonly Rule<MonitorId>[] = [
  ...MONITORS.map(
    (id): Rule<MonitorId> => ({
      reason: 'firmware and devices are the work of the monitor',
      decide: ({ firmware }) =>
        decided(
          id,
          best(firmware, ({ monitor }) => monitor === id),
        ),
    }),
  ),
  {
    reason: 'the signature is used by one monitor only',
    decide: ({ ranges }) => {
      const by = ranges.find(({ says }) => says.monitor !== undefined);
      return decided(by?.says.monitor, by);
    },
  },
];

/** Hypervisors that bring the monitor with them. */
export const OWN_MONITORS: ReadonlyMap<HypervisorId, MonitorId> = new Map([
  ['hyper-v', 'hyper-v'],
  ['xen', 'xen'],
  ['vmware', 'vmware'],
  ['virtualbox', 'virtualbox'],
  ['parallels', 'parallels'],
  ['bhyve', 'bhyve'],
  ['apple', 'apple'],
  ['qemu-tcg', 'qemu'],
]);
