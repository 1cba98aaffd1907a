import { describe, expect, test } from 'vitest';
import { reaches, scanRanges } from '../../src/virt/hypervisor-ranges.ts';
import { cpuidOf, named } from '../timing/cpuid-fixture.ts';
import { GUEST, HARDWARE, range, registers } from './machine-fixture.ts';

const scan = (leaves: Parameters<typeof cpuidOf>[0], bit = true) => scanRanges(cpuidOf(leaves), bit);

describe('scanRanges()', () => {
  test('finds KVM behind the interface of Hyper-V, each at its leaf', () => {
    const leaves = {
      ...GUEST,
      [0x40000000]: range('Microsoft Hv', 0x40000005),
      [0x40000001]: registers({ eax: 0x31237648 }),
      [0x40000100]: range('KVMKVMKVM', 0x40000101),
    };
    expect(scan(leaves)).toEqual([
      expect.objectContaining({ leaf: 0x40000000, signature: 'Microsoft Hv', speaksHyperV: true }),
      expect.objectContaining({ leaf: 0x40000100, signature: 'KVMKVMKVM', speaksHyperV: false }),
    ]);
  });

  test('finds a name in the last range that Linux looks at', () => {
    expect(scan({ ...GUEST, [0x40010000]: named('XenVMMXenVMM') })).toHaveLength(1);
    expect(scan({ ...GUEST, [0x40010100]: named('XenVMMXenVMM') })).toEqual([]);
  });

  test('takes no repetition for a second name: neither of the first range nor of the highest basic leaf', () => {
    const everywhere = (leaf: number) => (leaf >= 0x40000000 ? named('KVMKVMKVM') : registers({}));
    expect(scanRanges(everywhere, true)).toHaveLength(1);
    const repeated = { ...GUEST, [0x10]: named('AuthenticAMD'), [0x40000000]: named('AuthenticAMD') };
    expect(scan(repeated)).toEqual([]);
  });

  test('takes no garbage for a name', () => {
    for (const garbage of ['\x1b[2Jevil\x07', 'ab', '   \0', '\xff\xfe\xfdabcdefghi'])
      expect(scan({ ...GUEST, [0x40000000]: named(garbage) })).toEqual([]);
  });

  test('takes a name that nobody knows where a hypervisor shows itself, in the first range only', () => {
    const unknown = { ...HARDWARE, [0x40000000]: named('SomethingNew') };
    expect(scan(unknown)).toMatchObject([{ signature: 'SomethingNew', known: undefined }]);
    expect(scan(unknown, false)).toEqual([]);
    expect(scan({ ...GUEST, [0x40000100]: named('SomethingNew') })).toEqual([]);
  });

  test('lists no more ranges than a machine can have', () => {
    const liar = (leaf: number) => ({ ...named('KVMKVMKVM'), eax: leaf });
    expect(scanRanges(liar, true)).toHaveLength(8);
  });
});

test('reaches() believes a highest leaf within the range only, and KVM without one', () => {
  const [kvm] = scan({ ...GUEST, [0x40000000]: range('KVMKVMKVM') });
  const [xen] = scan({ ...GUEST, [0x40000000]: range('XenVMMXenVMM', 0x40000002) });
  const [liar] = scan({ ...GUEST, [0x40000000]: range('XenVMMXenVMM', 0xffffffff) });
  const all = (one: typeof kvm) => [1, 2, 3].map((offset) => one !== undefined && reaches(one, offset));
  expect([all(kvm), all(xen), all(liar)]).toEqual([
    [true, false, false],
    [true, true, false],
    [false, false, false],
  ]);
});
