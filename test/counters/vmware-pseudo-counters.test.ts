import { describe, expect, it } from 'vitest';
import { openPseudoCounters, type RunChild } from '../../src/counters/vmware-pseudo-counters.ts';
import { contextOf } from './machines.ts';

const VMWARE = contextOf({ hypervisor: 'VMwareVMware' });

/** A child that ends with these outputs, one after the other; it remembers what it was asked. */
function child(...ends: readonly Partial<ReturnType<RunChild>>[]): {
  readonly run: RunChild;
  readonly asked: (readonly string[])[];
} {
  const asked: (readonly string[])[] = [];
  const run: RunChild = (args) => {
    const end = ends[Math.min(asked.length, ends.length - 1)];
    asked.push(args);
    return { stdout: '', signal: null, status: 0, ...end };
  };
  return { run, asked };
}

describe('openPseudoCounters()', () => {
  it('starts no process where CPUID does not say VMware', () => {
    const { run, asked } = child({ stdout: '1 2 3\n' });
    for (const hypervisor of ['KVMKVMKVM', 'XenVMMXenVMM', 'Microsoft Hv', '']) {
      expect(openPseudoCounters(contextOf({ hypervisor }), { run })).toMatchObject({ available: false });
    }
    expect(openPseudoCounters(contextOf({ hypervisor: 'VMwareVMware', live: false }), { run })).toMatchObject(
      {
        available: false,
      },
    );
    expect(asked).toEqual([]);
  });

  it('asks for the three counters, and takes what the process writes', () => {
    const { run, asked } = child({ stdout: '1 2 3\n' }, { stdout: '18446744073709551615 5 6\n' });
    const opened = openPseudoCounters(VMWARE, { run });
    if (!opened.available) throw new Error(opened.reason);
    using source = opened.value;
    expect(source.slow).toBe(true);
    expect(source.counters.map(({ name, unit, kind }) => [name, unit, kind])).toEqual([
      ['vmware-pseudo-counters:host-tsc', 'cycles', 'count'],
      ['vmware-pseudo-counters:elapsed-real-time', 'ns', 'count'],
      ['vmware-pseudo-counters:elapsed-apparent-time', 'ns', 'count'],
    ]);
    expect([...source.read().values()]).toEqual([2 ** 64, 5, 6].map((value) => ({ available: true, value })));
    expect(asked).toEqual([
      ['65536', '65537', '65538'],
      ['65536', '65537', '65538'],
    ]);
  });

  it.each([
    [{ signal: 'SIGSEGV' as const, status: null }, /^RDPMC is not allowed here.*pseudo_perfctr = TRUE/],
    [{ signal: 'SIGKILL' as const, status: null }, /ended by SIGKILL/],
    [{ status: 7 }, /ended by 7/],
    [{ stdout: 'RDPMC is an x86 instruction, this is arm64\n' }, /says: RDPMC is an x86 instruction/],
    [{ stdout: '1 2' }, /says: 1 2$/],
    [{ stdout: '1 2 -3' }, /says: 1 2 -3$/],
    [{ error: Object.assign(new Error('late'), { code: 'ETIMEDOUT' }) }, /no answer within 2 s/],
    [{ error: new Error('spawnSync node EAGAIN') }, /EAGAIN/],
  ])('has a reason for a process that ends with %o', (end, reason) => {
    const opened = openPseudoCounters(VMWARE, { run: child(end).run });
    expect(opened).toMatchObject({ available: false, reason: expect.stringMatching(reason) });
  });

  it('survives the instruction on this machine, whatever it does to the process that tries it', () => {
    const opened = openPseudoCounters(contextOf({}), { assumeVmware: true });
    // VMware, and KVM with its VMware backdoor, answer; everybody else kills the process.
    if (opened.available) expect(opened.value.read().size).toBe(3);
    else expect(opened.reason).toMatch(/^RDPMC is not allowed here|RDPMC is an x86 instruction/);
  });
});
