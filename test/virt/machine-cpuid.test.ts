import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { readMachineCpuid } from '../../src/virt/machine-cpuid.ts';
import { cpuidOf, named } from '../timing/cpuid-fixture.ts';
import { FIRST, GUEST } from './cpuid-ranges.ts';
import { tableMachine } from './table-machine.ts';

const kvm = { ...GUEST, [FIRST]: named('KVMKVMKVM') };
const live = { ...tableMachine({}), live: true };

describe('readMachineCpuid()', () => {
  test('takes the instruction first, and reads no leaf twice', () => {
    const asked: number[] = [];
    const counting = (leaf: number) => {
      asked.push(leaf);
      return cpuidOf(kvm)(leaf);
    };
    const cpuid = readMachineCpuid({ ...live, cpuid: available(counting) }, () => {
      throw new Error('the device was asked');
    });
    if (!cpuid.available) throw new Error(cpuid.reason);
    cpuid.value.read(1);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeLessThan(270);
    expect(cpuid.value.cite('0x40000000')).toBe('CPUID 0x40000000');
  });

  test('takes the device where the instruction cannot be executed, and says why', () => {
    const cpuid = readMachineCpuid(live, () => available(cpuidOf(kvm)));
    expect(cpuid).toMatchObject({ value: { hypervisorBit: true, ranges: [{ signature: 'KVMKVMKVM' }] } });
    expect(cpuid.available && cpuid.value.cite('0x40000000')).toBe(
      'CPUID 0x40000000, read from /dev/cpu/0/cpuid (CPUID: not in the recording)',
    );
  });

  test('gives both reasons where neither answers', () => {
    expect(readMachineCpuid(live, () => unavailable('/dev/cpu/0/cpuid: EACCES'))).toEqual({
      available: false,
      reason: 'CPUID: not in the recording; /dev/cpu/0/cpuid: EACCES',
    });
  });

  test('asks no device of this machine about a recorded one, nor on another architecture', () => {
    const device = () => available(cpuidOf(kvm));
    expect(readMachineCpuid(tableMachine({}), device).available).toBe(false);
    expect(readMachineCpuid({ ...live, architecture: 'arm64' }, device)).toEqual({
      available: false,
      reason: 'CPUID is an x86 instruction, and this machine is arm64',
    });
  });
});
