import { describe, expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { cpuFlags, cpuModel } from '../../src/virt/cpu-model.ts';

const arm = (implementer: string, part: string): string =>
  `processor\t: 0\nBogoMIPS\t: 50.00\nCPU implementer\t: ${implementer}\nCPU part\t: ${part}\n\n`;

describe('cpuModel()', () => {
  test.each([
    ['processor\t: 0\nmodel name\t: Intel(R) Xeon(R) CPU @ 2.20GHz\n', 'Intel(R) Xeon(R) CPU @ 2.20GHz'],
    [
      'processor\t: 0\ncpu\t\t: POWER9 (architected), altivec supported\n',
      'POWER9 (architected), altivec supported',
    ],
    ['processor 0: version = FF,  identification = 0123,  machine = 8561\n', 'machine = 8561'],
    ['Model Name\t\t: Loongson-3A5000\n', 'Loongson-3A5000'],
    ['processor\t: 0\nhart\t\t: 1\nuarch\t\t: sifive,u74-mc\n', 'sifive,u74-mc'],
    [arm('0x41', '0xd0c'), 'Neoverse-N1'],
    [arm('0x41', '0xd05') + arm('0x41', '0xd05') + arm('0x41', '0xd0b'), 'Cortex-A55 + Cortex-A76'],
    [arm('0x61', '0x022'), 'implementer 0x61 part 0x022'],
  ])('reads what an architecture writes: %j', (text, expected) => {
    expect(cpuModel(available(text))).toMatchObject({ value: expected, confidence: 'certain' });
  });

  test('passes a reason on, and names none for what names none', () => {
    expect(cpuModel(unavailable('no file'))).toEqual(unavailable('no file'));
    const garbage = `${'model name'.repeat(1e5)}${'\t'.repeat(1e6)}${'CPU part'.repeat(1e5)}`;
    expect(cpuModel(available(garbage))).toEqual(unavailable('/proc/cpuinfo: names no model'));
  });
});

test('cpuFlags() are those of the first CPU', () => {
  expect(cpuFlags(available('flags\t\t: fpu sse2 \nflags : x\n'))).toEqual(
    available(new Set(['fpu', 'sse2'])),
  );
  expect(cpuFlags(available('Features : fp asimd\n'))).toEqual(unavailable('/proc/cpuinfo: no flags'));
});
