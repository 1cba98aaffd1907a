import { describe, expect, test } from 'vitest';
import { describeVirtualization } from '../../src/virt/virtualization.ts';
import { type Leaves, named } from '../timing/cpuid-fixture.ts';
import { FIRST, GUEST, range, registers } from './cpuid-ranges.ts';
import { tableMachine } from './table-machine.ts';

const TDX_LEAF = 0x21;
const EXTENDED = 0x80000000;
const SEV_LEAF = 0x8000001f;
const of = (leaves: Leaves | undefined, files = {}, architecture = 'x64') =>
  describeVirtualization(tableMachine({ leaves, files, architecture })).confidential;

/** Hyper-V whose partition is isolated in this way. */
const isolated = (type: number): Leaves => ({
  ...GUEST,
  [FIRST]: range('Microsoft Hv', FIRST + 12),
  [FIRST + 1]: registers({ eax: 0x31237648 }),
  [FIRST + 3]: registers({ ebx: 2 ** 22 }),
  [FIRST + 12]: registers({ ebx: type }),
});

describe('describeConfidential()', () => {
  test('knows a TDX guest by its leaf, in the order of the vendor, where the CPU has that leaf', () => {
    const { ebx, ecx, edx } = named('IntelTDX    ');
    const leaf = registers({ ebx, ecx: edx, edx: ecx });
    const tdx = { ...GUEST, 0: registers({ eax: TDX_LEAF }), [TDX_LEAF]: leaf };
    expect(of(tdx)).toMatchObject({ value: 'Intel TDX', confidence: 'certain' });
    expect(of({ ...tdx, 0: registers({ eax: TDX_LEAF - 1 }) })).toMatchObject({ value: 'none' });
  });

  test.each([
    [1, 'Hyper-V VBS'],
    [2, 'AMD SEV-SNP'],
    [3, 'Intel TDX'],
    [0, 'none'],
    [9, 'none'],
  ])('knows isolation of type %d of Hyper-V', (type, kind) => {
    expect(of(isolated(type))).toMatchObject({ value: kind });
  });

  test.each([
    ['/sys/devices/virtual/misc/sev-guest/dev', 'AMD SEV-SNP'],
    ['/sys/devices/virtual/misc/tdx_guest/dev', 'Intel TDX'],
    ['/sys/devices/platform/arm-cca-dev/uevent', 'Arm CCA'],
  ])('knows the driver that makes %s', (path, kind) => {
    expect(of(undefined, { [path]: '' }, 'arm64')).toMatchObject({ value: kind, confidence: 'certain' });
  });

  test('reads the switches of s390', () => {
    const uv = (text: string) => of(undefined, { '/sys/firmware/uv/prot_virt_guest': text }, 's390x');
    expect([uv('1\n'), uv('0\n')]).toMatchObject([{ value: 'IBM Secure Execution' }, { value: 'none' }]);
    expect(uv('garbage').available).toBe(false);
  });

  test('takes what the CPU could do for no sign that it does', () => {
    const sev = (highest: number) =>
      of({ ...GUEST, [EXTENDED]: registers({ eax: highest }), [SEV_LEAF]: registers({ eax: 2 }) });
    expect(sev(SEV_LEAF)).toMatchObject({ reason: expect.stringContaining('MSR 0xc0010131') });
    expect(sev(EXTENDED + 8)).toMatchObject({ value: 'none' });
  });
});
