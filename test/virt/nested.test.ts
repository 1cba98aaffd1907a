import { describe, expect, test } from 'vitest';
import { describeVirtualization } from '../../src/virt/virtualization.ts';
import { type Leaves, named } from '../timing/cpuid-fixture.ts';
import { FIRST, GUEST, range, registers, SECOND } from './cpuid-ranges.ts';
import { tableMachine } from './table-machine.ts';

const kvm: Leaves = { ...GUEST, [FIRST]: range('KVMKVMKVM') };
const describeAll = (leaves: Leaves | undefined, files = {}) =>
  describeVirtualization(tableMachine({ leaves, files }));

describe('describeNested()', () => {
  test('claims it for a kernel that was told so when it booted', () => {
    const nested = (line: string) => describeAll(kvm, { '/proc/cmdline': line }).nested;
    expect(nested('quiet nested_pvm=1 ro\n')).toMatchObject({ value: true, confidence: 'claimed' });
    expect(nested('quiet nested_pvm=0 xnested_pvm=1\n').available).toBe(false);
  });

  test('claims it for the names of two hypervisors, of which neither speaks for the other', () => {
    const leaves = { ...GUEST, [FIRST]: named('VMwareVMware'), [SECOND]: named('KVMKVMKVM') };
    expect(describeAll(leaves)).toMatchObject({
      nested: { value: true, confidence: 'claimed', source: expect.stringContaining('two hypervisors') },
    });
  });
});

describe('describeGuests()', () => {
  const EXTENDED = 0x80000000;
  const svm = { ...kvm, [EXTENDED + 1]: registers({ ecx: 4 }) };

  test('finds SVM where the CPU has that leaf', () => {
    const offered = (eax: number) => describeAll({ ...svm, [EXTENDED]: registers({ eax }) }).canHostGuests;
    expect(offered(EXTENDED + 8)).toMatchObject({ value: true, source: 'CPUID 0x80000001 ECX[2]: SVM' });
    expect(offered(EXTENDED)).toMatchObject({ value: false });
  });

  test('believes a KVM that is loaded, which may need neither', () => {
    const files = { '/sys/devices/virtual/misc/kvm/dev': '10:232\n' };
    expect(describeAll(kvm, files).canHostGuests).toMatchObject({
      value: true,
      source: expect.stringContaining('neither VMX nor SVM'),
    });
  });
});
