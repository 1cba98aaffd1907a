// The look at steal on machines made of files, whose counters move as the test says.
import { describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import type { SystemFiles } from '../../src/base/system-files.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { lookForSteal } from '../../src/timing/stolen-share.ts';

const row = (cpu: number, steal: number): string => `cpu${cpu} 1 2 3 4 5 6 7 ${steal} 0 0\n`;

/** A machine whose /proc/stat is what the test last set, and its time in ns. */
function machine(): { files: SystemFiles; stat: string; nowNs: number } {
  const one = {
    stat: row(0, 100) + row(1, 7),
    nowNs: 0,
    files: { ...systemFiles(), read: () => available(one.stat) } as SystemFiles,
  };
  return one;
}

describe('lookForSteal()', () => {
  test('tells the share of the CPU that lost most', () => {
    const one = machine();
    const share = lookForSteal({ files: one.files, nowNs: () => one.nowNs });
    one.nowNs = 1e9;
    one.stat = row(0, 110) + row(1, 57);
    expect(share()).toBeCloseTo(0.5, 1);
  });

  test('looks at no other CPUs than those that it was given', () => {
    const one = machine();
    const share = lookForSteal({ files: one.files, nowNs: () => one.nowNs, cpus: [0] });
    one.nowNs = 1e9;
    one.stat = row(0, 110) + row(1, 57);
    expect(share()).toBeCloseTo(0.1, 2);
  });

  test('takes two ticks for rounding, and a counter that is not there for none', () => {
    const one = machine();
    const share = lookForSteal({ files: one.files, nowNs: () => one.nowNs });
    one.nowNs = 1e7;
    one.stat = row(0, 102);
    expect(share()).toBe(0);
    one.stat = 'nothing';
    expect(share()).toBe(0);
  });
});
