import { describe, expect, test } from 'vitest';
import { reaches, scanRanges } from '../../src/virt/hypervisor-ranges.ts';
import { cpuidOf, named } from '../timing/cpuid-fixture.ts';
import { FIRST, GUEST, HARDWARE, range, registers, SECOND } from './cpuid-ranges.ts';

const LAST = 0x40010000;
/** The highest basic leaf of the fixture. */
const REPEATED = 0x10;
const scan = (leaves: Parameters<typeof cpuidOf>[0], bit = true) => scanRanges(cpuidOf(leaves), bit);

describe('scanRanges()', () => {
  test('finds KVM behind the interface of Hyper-V, each at its leaf', () => {
    const leaves = {
      ...GUEST,
      [FIRST]: range('Microsoft Hv', 0x40000005),
      [FIRST + 1]: registers({ eax: 0x31237648 }),
      [SECOND]: range('KVMKVMKVM', 0x40000101),
    };
    expect(scan(leaves)).toEqual([
      expect.objectContaining({ leaf: 0x40000000, signature: 'Microsoft Hv', speaksHyperV: true }),
      expect.objectContaining({ leaf: 0x40000100, signature: 'KVMKVMKVM', speaksHyperV: false }),
    ]);
  });

  test('finds a name in the last range that Linux looks at', () => {
    expect(scan({ ...GUEST, [LAST]: named('XenVMMXenVMM') })).toHaveLength(1);
    expect(scan({ ...GUEST, [LAST + 0x100]: named('XenVMMXenVMM') })).toEqual([]);
  });

  test('takes no repetition for a second name: neither of the first range nor of the highest basic leaf', () => {
    const everywhere = (leaf: number) => (leaf >= 0x40000000 ? named('KVMKVMKVM') : registers({}));
    expect(scanRanges(everywhere, true)).toHaveLength(1);
    const repeated = { ...GUEST, [REPEATED]: named('AuthenticAMD'), [FIRST]: named('AuthenticAMD') };
    expect(scan(repeated)).toEqual([]);
  });

  test('takes no garbage for a name', () => {
    for (const garbage of ['\x1b[2Jevil\x07', 'ab', '   \0', '\xff\xfe\xfdabcdefghi'])
      expect(scan({ ...GUEST, [FIRST]: named(garbage) })).toEqual([]);
  });

  test('takes a name that nobody knows where a hypervisor shows itself, in the first range only', () => {
    const unknown = { ...HARDWARE, [FIRST]: named('SomethingNew') };
    expect(scan(unknown)).toMatchObject([{ signature: 'SomethingNew', known: undefined }]);
    expect(scan(unknown, false)).toEqual([]);
    expect(scan({ ...GUEST, [SECOND]: named('SomethingNew') })).toEqual([]);
  });

  test('lists no more ranges than a machine can have', () => {
    const liar = (leaf: number) => ({ ...named('KVMKVMKVM'), eax: leaf });
    expect(scanRanges(liar, true)).toHaveLength(8);
  });
});

test('reaches() believes a highest leaf within the range only, and KVM without one', () => {
  const [kvm] = scan({ ...GUEST, [FIRST]: range('KVMKVMKVM') });
  const [xen] = scan({ ...GUEST, [FIRST]: range('XenVMMXenVMM', 0x40000002) });
  const [liar] = scan({ ...GUEST, [FIRST]: range('XenVMMXenVMM', 0xffffffff) });
  const all = (one: typeof kvm) => [1, 2, 3].map((offset) => one !== undefined && reaches(one, offset));
  expect([all(kvm), all(xen), all(liar)]).toEqual([
    [true, false, false],
    [true, true, false],
    [false, false, false],
  ]);
});
