import { describe, expect, it } from 'vitest';
import type { CpuidTable } from '../../src/virt/manifest.ts';
import { leafName, recordedCpuid } from '../../src/virt/recorded-cpuid.ts';

const NOTHING = { eax: 0, ebx: 0, ecx: 0, edx: 0 };

describe('recordedCpuid()', () => {
  it('answers with the registers of the leaf, unsigned', () => {
    const cpuid = recordedCpuid({ '0x40000000': ['0x40000001', '0x4b4d564b', '0xFFFFFFFF', '0x0'] });
    expect(cpuid(0x40000000)).toEqual({ eax: 0x40000001, ebx: 0x4b4d564b, ecx: 0xffffffff, edx: 0 });
  });

  it('keeps subleaves apart; the leaf without a number is that of subleaf 0', () => {
    const cpuid = recordedCpuid({
      '0x0000000d': ['0x7', '0x0', '0x0', '0x0'],
      '0x0000000d.1': ['0xf', '0x0', '0x0', '0x0'],
    });
    expect([cpuid(0xd).eax, cpuid(0xd, 0).eax, cpuid(0xd, 1).eax]).toEqual([7, 7, 15]);
    expect(cpuid(0xd, 2)).toEqual(NOTHING);
  });

  it('says nothing of leaves that were not recorded', () => {
    const cpuid = recordedCpuid({ '0x00000001': ['0x1', '0x1', '0x1', '0x1'] });
    expect([cpuid(0), cpuid(0x80000001), cpuid(1, 1)]).toEqual([NOTHING, NOTHING, NOTHING]);
  });

  it('takes nothing for a leaf that every object inherits', () => {
    const table = Object.create({ '0x00000001': ['0x1', '0x1', '0x1', '0x1'] }) as CpuidTable;
    expect(recordedCpuid(table)(1)).toEqual(NOTHING);
  });
});

describe('leafName()', () => {
  it.each([
    [0, 0, '0x00000000'],
    [0x40000100, 0, '0x40000100'],
    [0xd, 1, '0x0000000d.1'],
    // As bit operations of JavaScript give it.
    [0x80000000 | 0, 0, '0x80000000'],
  ])('of %d, %d is %s', (leaf, subleaf, name) => {
    expect(leafName(leaf, subleaf)).toBe(name);
  });
});
