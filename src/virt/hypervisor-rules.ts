// Which sign outweighs which: tables of rules, each with its reason, asked from the top. The order is systemd's (virt.c), except
// that firmware is weighed against the processor, which systemd lets win alone. Judges no contradictions.
import { KERNEL_FLAGS, type Signs } from './cpuid-evidence.ts';
import type { Evidence, HypervisorId, MonitorId } from './evidence.ts';
import type { Confidence } from './finding.ts';

/** What a rule decides. */
export interface Decision<T> {
  readonly value: T;
  /** The sign that decides. */
  readonly by: Evidence;
  readonly confidence: Confidence;
}

/** One row of a table. */
export interface Rule<T> {
  readonly reason: string;
  readonly decide: (signs: Signs) => Decision<T> | undefined;
}

/** The decision of the first rule that applies. */
export function firstDecision<T>(
  rules: readonly Rule<T>[],
  signs: Signs,
): (Decision<T> & { readonly reason: string }) | undefined {
  for (const { reason, decide } of rules) {
    const decision = decide(signs);
    if (decision !== undefined) return { ...decision, reason };
  }
  return undefined;
}

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'claimed'];

/** The first of the most trusted signs for which something holds. */
export function best(
  evidence: readonly Evidence[],
  holds: (says: Evidence['says']) => boolean,
): Evidence | undefined {
  const held = evidence.filter((one) => one.exception === undefined && holds(one.says));
  return CONFIDENCES.map((confidence) => held.find((one) => one.confidence === confidence)).find(
    (one) => one !== undefined,
  );
}

/** Without what nothing confirms: texts that are easily imitated, words on the command line. */
function trusted(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.filter(({ confidence }) => confidence !== 'claimed');
}

/** A decision by a sign, as sure as the sign unless told; none without either. */
export function decided<T>(
  value: T | undefined,
  by: Evidence | undefined,
  confidence?: Confidence,
): Decision<T> | undefined {
  if (value === undefined || by === undefined) return undefined;
  return { value, by, confidence: confidence ?? by.confidence };
}

/** Kernels that are processes: whatever the processor says belongs to the machine around them. */
const PROCESS_KERNELS: readonly (HypervisorId | undefined)[] = ['gvisor', 'uml'];
/** Monitors whose firmware no hardware has. Clouds are not among them: they rent whole machines under the same names. */
const NEVER_HARDWARE: readonly (MonitorId | undefined)[] = [
  'qemu',
  'firecracker',
  'cloud-hypervisor',
  'crosvm',
  'kvmtool',
  'virtualbox',
  'vmware',
  'parallels',
  'bhyve',
  'bochs',
  'proxmox',
];

/** Whether this kernel runs on a hypervisor. */
export const VIRTUAL_RULES: readonly Rule<boolean>[] = [
  {
    reason: 'no hardware sets the bit (Intel SDM and AMD APM reserve it for hypervisors)',
    decide: ({ bit }) => (bit?.says.virtual === true ? decided(true, bit) : undefined),
  },
  {
    reason: 'the kernel itself is a process on another kernel',
    decide: ({ firmware }) => {
      const by = best(trusted(firmware), ({ hypervisor }) => PROCESS_KERNELS.includes(hypervisor));
      return decided(by?.says.virtual ?? (by && true), by);
    },
  },
  {
    reason: 'a paravirtual guest of Xen executes CPUID unfiltered, and its kernel knows better',
    decide: ({ firmware }) =>
      decided(
        true,
        best(trusted(firmware), ({ hypervisor }) => hypervisor === 'xen'),
      ),
  },
  {
    reason: 'the kernel found a hypervisor when it booted',
    decide: ({ firmware }) =>
      decided(
        true,
        firmware.find(({ source, says }) => source === KERNEL_FLAGS && says.virtual === true),
      ),
  },
  {
    reason: 'a hypervisor names itself although it hides its bit',
    decide: ({ ranges }) => decided(true, ranges[0], 'likely'),
  },
  {
    reason: 'firmware says that the machine is a whole one of a cloud',
    decide: ({ bit, firmware }) =>
      bit === undefined
        ? undefined
        : decided(
            false,
            best(firmware, ({ virtual, hypervisor }) => virtual === false && hypervisor === 'none'),
          ),
  },
  {
    reason: 'no hardware has such firmware, whatever CPUID says',
    decide: ({ firmware }) =>
      decided(
        true,
        best(trusted(firmware), ({ monitor }) => NEVER_HARDWARE.includes(monitor)),
        'likely',
      ),
  },
  {
    reason: 'no hypervisor shows itself',
    decide: ({ bit }) => decided(false, bit),
  },
  {
    reason: 'this machine has no CPUID, so firmware and buses decide',
    decide: ({ firmware }) => {
      const by = best(
        firmware,
        ({ virtual, hypervisor }) => virtual !== undefined || hypervisor !== undefined,
      );
      return decided(by?.says.virtual ?? (by && by.says.hypervisor !== 'none'), by);
    },
  },
];

/** The hypervisors that speak the interface of another to guests that know only that one. */
const INTERFACES: readonly (HypervisorId | undefined)[] = ['hyper-v', 'xen'];
/** Hypervisors whose own signature is another's: their firmware names them. */
const NAMED_BY_FIRMWARE: readonly (HypervisorId | undefined)[] = ['virtualbox', 'parallels', 'xen'];

/** Monitors that bring their own hypervisor, whether their firmware says so or not. */
const OWN_PROCESSORS: readonly (MonitorId | undefined)[] = ['virtualbox', 'parallels'];

/** The hypervisor in a further range, behind the interface of another in the first. */
function behindInterface({ ranges }: Signs): Evidence | undefined {
  const [first, ...further] = ranges;
  if (first === undefined || !INTERFACES.includes(first.says.hypervisor)) return undefined;
  return further.find(({ says: { hypervisor } }) => hypervisor !== first.says.hypervisor);
}

/** What each monitor runs on, where it has no choice or hardly one. */
const BELOW: ReadonlyMap<MonitorId, HypervisorId> = new Map([
  ['firecracker', 'kvm'],
  ['crosvm', 'kvm'],
  ['kvmtool', 'kvm'],
  ['cloud-hypervisor', 'kvm'],
  ['nitro', 'kvm'],
  ['google', 'kvm'],
  ['proxmox', 'kvm'],
  ['vmware', 'vmware'],
  ['virtualbox', 'virtualbox'],
  ['parallels', 'parallels'],
  ['hyper-v', 'hyper-v'],
  ['xen', 'xen'],
  ['bhyve', 'bhyve'],
  ['apple', 'apple'],
]);

/** The hypervisor by the firmware of those whose processors may speak for another. */
function firmwareFirst(firmware: readonly Evidence[]): Decision<HypervisorId> | undefined {
  const by = best(
    trusted(firmware),
    ({ hypervisor, monitor }) => NAMED_BY_FIRMWARE.includes(hypervisor) || OWN_PROCESSORS.includes(monitor),
  );
  return decided(by?.says.hypervisor ?? (by && BELOW.get(by.says.monitor as MonitorId)), by);
}

/** Which hypervisor it is, once it is known that there is one. */
export const HYPERVISOR_RULES: readonly Rule<HypervisorId>[] = [
  {
    reason: 'the kernel itself is a process on another kernel',
    decide: ({ firmware }) => {
      const by = best(trusted(firmware), ({ hypervisor }) => PROCESS_KERNELS.includes(hypervisor));
      return decided(by?.says.hypervisor, by);
    },
  },
  {
    reason:
      'the ranges in front of it are the interfaces of others, which it speaks to guests that know only those',
    decide: (signs) => {
      const by = behindInterface(signs);
      return decided(by?.says.hypervisor, by);
    },
  },
  {
    reason: 'the hypervisor names itself, and firmware names the same',
    decide: ({ ranges, firmware }) => {
      const named = firmwareFirst(firmware);
      const by = ranges.find(
        ({ says, confidence }) => confidence === 'certain' && says.hypervisor === named?.value,
      );
      return decided(by?.says.hypervisor, by);
    },
  },
  {
    reason:
      'firmware goes first for VirtualBox, Parallels and Xen, whose processors may speak for KVM or Hyper-V',
    decide: ({ firmware }) => firmwareFirst(firmware),
  },
  {
    reason: 'the hypervisor names itself',
    decide: ({ ranges }) => {
      // A name of its own before one that its user chose for Hyper-V's interface in front of it.
      const isKnown = ({ hypervisor }: Evidence['says']): boolean => hypervisor !== 'other';
      const by = best(ranges, isKnown) ?? ranges.find(({ says }) => isKnown(says));
      return decided(by?.says.hypervisor, by);
    },
  },
  {
    reason: 'the hypervisor names itself by a name that only it uses',
    decide: ({ ranges }) => {
      const by = ranges.find(({ confidence }) => confidence === 'certain');
      return decided(by?.says.hypervisor, by);
    },
  },
  {
    reason: 'firmware and the kernel name it',
    decide: ({ firmware }) => {
      const by = best(firmware, ({ hypervisor }) => hypervisor !== undefined && hypervisor !== 'none');
      return decided(by?.says.hypervisor, by);
    },
  },
  {
    reason: 'that monitor runs on no other hypervisor, or hardly on one',
    decide: ({ firmware }) => {
      const by = best(firmware, ({ monitor }) => monitor !== undefined && BELOW.has(monitor));
      return decided(by && BELOW.get(by.says.monitor as MonitorId), by, 'likely');
    },
  },
  {
    reason: 'it names itself, and nobody knows the name',
    decide: ({ ranges }) => decided(ranges[0]?.says.hypervisor, ranges[0]),
  },
];
