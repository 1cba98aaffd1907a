import { describe, expect, test } from 'vitest';
import type { HypervisorFeature } from '../../src/virt/system-info.ts';
import { describeVirtualization } from '../../src/virt/virtualization.ts';
import { type Leaves, named } from '../timing/cpuid-fixture.ts';
import { FIRST, GUEST, range, registers, SECOND } from './cpuid-ranges.ts';
import { tableMachine } from './table-machine.ts';

function featuresOf(leaves: Leaves): readonly HypervisorFeature[] {
  const { features } = describeVirtualization(tableMachine({ leaves }));
  if (!features.available) throw new Error(features.reason);
  return features.value;
}
const offered = (leaves: Leaves): readonly string[] =>
  featuresOf(leaves)
    .filter((feature) => feature.offered)
    .map(({ name }) => name);

describe('describeFeatures()', () => {
  test('lists the bits of KVM by the names of its header, offered or not', () => {
    const kvm = { ...GUEST, [FIRST]: range('KVMKVMKVM'), [FIRST + 1]: registers({ eax: 0x20, edx: 1 }) };
    expect(offered(kvm)).toEqual(['KVM_FEATURE_STEAL_TIME', 'KVM_HINTS_REALTIME']);
    expect(featuresOf(kvm)).toContainEqual({
      name: 'KVM_FEATURE_CLOCKSOURCE_STABLE_BIT',
      meaning: 'stable paravirtual clock',
      offered: false,
    });
  });

  test('lists Hyper-V by the names of its specification, and no leaf that it does not reach', () => {
    const hyperV = {
      ...GUEST,
      [FIRST]: range('Microsoft Hv', FIRST + 4),
      [FIRST + 1]: registers({ eax: 0x31237648 }),
      [FIRST + 3]: registers({ eax: 2 ** 9, ebx: 1, edx: 2 ** 2 }),
      [FIRST + 4]: registers({ eax: 2 ** 5 }),
      [FIRST + 10]: registers({ eax: 2 ** 17 }),
    };
    expect(offered(hyperV)).toEqual([
      'AccessPartitionReferenceTsc',
      'CreatePartitions',
      'PerformanceMonitor',
      'HV_X64_RELAXED_TIMING_RECOMMENDED',
    ]);
    const nested = { ...hyperV, [FIRST]: range('Microsoft Hv', FIRST + 10) };
    expect(offered(nested)).toContain('HV_X64_NESTED_DIRECT_FLUSH');
  });

  test('lists both interfaces of KVM behind that of Hyper-V', () => {
    const both = offered({
      ...GUEST,
      [FIRST]: range('Microsoft Hv', FIRST + 4),
      [FIRST + 1]: registers({ eax: 0x31237648 }),
      [FIRST + 3]: registers({ eax: 1 }),
      [SECOND]: range('KVMKVMKVM'),
      [SECOND + 1]: registers({ eax: 1 }),
    });
    expect(both).toEqual(['AccessVpRunTimeReg', 'KVM_FEATURE_CLOCKSOURCE']);
  });

  test('lists the time and the domain of Xen', () => {
    const xen = {
      ...GUEST,
      [FIRST]: range('XenVMMXenVMM', FIRST + 5),
      [FIRST + 3]: registers({ eax: 2 }),
      [FIRST + 4]: registers({ eax: 8 }),
    };
    expect(offered(xen)).toEqual(['XEN_CPUID_HOST_TSC_RELIABLE', 'XEN_HVM_CPUID_VCPU_ID_PRESENT']);
  });

  test('tells the frequencies of VMware', () => {
    const vmware = {
      ...GUEST,
      [FIRST]: range('VMwareVMware', FIRST + 0x10),
      [FIRST + 0x10]: registers({ eax: 2596000, ebx: 66000 }),
    };
    expect(featuresOf(vmware)).toContainEqual({
      name: 'TSC frequency',
      meaning: "the TSC's frequency is told: 2596000 kHz",
      offered: true,
    });
  });

  test('says who tells nothing that it knows', () => {
    const { features } = describeVirtualization(
      tableMachine({ leaves: { ...GUEST, [FIRST]: named('Jailhouse') } }),
    );
    expect(features).toEqual({
      available: false,
      reason: 'Jailhouse tells no features that this tool knows',
    });
  });
});
