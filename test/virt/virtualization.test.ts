import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { available } from '../../src/base/availability.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { describeVirtualization } from '../../src/virt/virtualization.ts';
import { type Leaves, named } from '../timing/cpuid-fixture.ts';
import { FIRST, GUEST, HARDWARE, range, registers, SECOND } from './cpuid-ranges.ts';
import { tableMachine } from './table-machine.ts';
import { verdict } from './verdict.ts';

const DMI = '/sys/class/dmi/id';
const kvm: Leaves = {
  ...GUEST,
  [FIRST]: range('KVMKVMKVM', 0x40000001),
  [FIRST + 1]: registers({ eax: 0x01007efb }),
};
const hyperV: Leaves = {
  ...GUEST,
  [FIRST]: range('Microsoft Hv', 0x4000000c),
  [FIRST + 1]: registers({ eax: 0x31237648 }),
  [FIRST + 2]: registers({ eax: 20348, ebx: 0x000a0000 }),
  [FIRST + 3]: registers({ eax: 0x2e7f, ebx: 0x003b8030 }),
  [FIRST + 4]: registers({ eax: 0x60e24 }),
};

const ofLeaves = (leaves: Leaves, files = {}) => describeVirtualization(tableMachine({ leaves, files }));

describe('describeVirtualization() of guests', () => {
  test('names KVM, and what it offers', () => {
    const info = ofLeaves(kvm);
    expect(verdict(info)).toEqual([true, 'kvm', null]);
    expect(info).toMatchObject({
      vendorString: { value: 'KVMKVMKVM', source: 'CPUID 0x40000000', confidence: 'certain' },
      version: { reason: 'KVM does not tell its version' },
      stealClock: { value: true, source: 'CPUID: KVM offers its steal clock' },
      stableClock: { value: true },
      pvSpinlocks: { value: true },
      dedicatedCpus: { value: false },
      nested: { available: false, reason: expect.stringContaining('a guest cannot see') },
      contradictions: [],
    });
  });

  test('names KVM behind the interface of Hyper-V, which is neither Hyper-V nor nested', () => {
    const info = ofLeaves({
      ...hyperV,
      [FIRST + 4]: registers({ eax: 2 ** 12 }),
      [SECOND]: range('KVMKVMKVM', 0x40000101),
      [SECOND + 1]: registers({ eax: 0x20 }),
    });
    expect(verdict(info)).toEqual([true, 'kvm', null]);
    expect(info).toMatchObject({
      vendorString: { value: 'Microsoft Hv' },
      hypervisor: { confidence: 'certain' },
      version: { reason: 'KVM does not tell its version' },
      nested: { available: false },
      contradictions: [],
      evidence: expect.arrayContaining([
        expect.objectContaining({
          found: 'Microsoft Hv',
          exception: expect.stringContaining('enlightenments'),
        }),
      ]),
    });
  });

  test('names Xen behind the interface of Hyper-V, and its version', () => {
    const info = ofLeaves({
      ...hyperV,
      [SECOND]: range('XenVMMXenVMM', 0x40000105),
      [SECOND + 1]: registers({ eax: 0x00040011 }),
    });
    expect(verdict(info)).toEqual([true, 'xen', 'xen']);
    expect(info).toMatchObject({
      version: { value: '4.17' },
      stealClock: { value: true },
      contradictions: [],
    });
  });

  test('names KVM that emulates Xen', () => {
    const leaves = {
      ...kvm,
      [FIRST]: range('XenVMMXenVMM', 0x40000005),
      [SECOND]: range('KVMKVMKVM'),
    };
    const info = ofLeaves(leaves, { '/sys/hypervisor/type': 'xen\n' });
    expect(verdict(info).slice(0, 2)).toEqual([true, 'kvm']);
    expect(info.contradictions).toEqual([]);
  });

  test('names Hyper-V with its build, and tells a nested one', () => {
    expect(ofLeaves(hyperV)).toMatchObject({
      hypervisor: { value: { id: 'hyper-v', name: 'Hyper-V' } },
      monitor: { value: { id: 'hyper-v' }, confidence: 'likely' },
      version: { value: '10.0.20348', source: 'CPUID 0x40000002' },
      stealClock: { value: false },
      nested: { available: false },
    });
    const nested = ofLeaves({ ...hyperV, [FIRST + 4]: registers({ eax: 2 ** 12 }) }).nested;
    expect(nested).toMatchObject({ value: true, confidence: 'certain' });
  });

  test('tells the root partition of Hyper-V', () => {
    const root = ofLeaves({ ...hyperV, [FIRST + 3]: registers({ ebx: 2 ** 12 + 1 }) });
    expect(root.virtual).toMatchObject({
      value: true,
      source: expect.stringContaining('the root partition'),
    });
  });

  test('takes a guest that may create partitions for a guest (L1VH)', () => {
    const guest = ofLeaves({ ...hyperV, [FIRST + 3]: registers({ ebx: 1 }) });
    expect(guest.virtual).toMatchObject({ value: true, source: expect.not.stringContaining('root') });
  });

  test('believes the name of its own behind a chosen one of the interface of Hyper-V', () => {
    const chosen = { ...hyperV, [FIRST]: range('GenuineIntel', 0x40000006) };
    const info = ofLeaves({ ...chosen, [SECOND]: range('KVMKVMKVM', SECOND + 1) });
    expect(info.hypervisor).toMatchObject({ value: { id: 'kvm' }, confidence: 'certain' });
  });

  test('reads what KVM offers from its own leaves, not from those of the interface that it speaks', () => {
    const info = ofLeaves({
      ...hyperV,
      [FIRST]: range('Linux KVM Hv', 0x40000006),
      [SECOND]: range('KVMKVMKVM', SECOND + 1),
      [SECOND + 1]: registers({ eax: 2 ** 7 }),
    });
    expect(info).toMatchObject({ pvSpinlocks: { value: true }, stableClock: { value: false } });
  });

  test('is certain of a hypervisor whose name and firmware agree', () => {
    const info = ofLeaves(
      { ...GUEST, [FIRST]: range('VBoxVBoxVBox') },
      { [`${DMI}/sys_vendor`]: 'innotek GmbH', [`${DMI}/product_name`]: 'VirtualBox' },
    );
    expect(info.hypervisor).toMatchObject({ value: { id: 'virtualbox' }, confidence: 'certain' });
  });

  test('takes a Hyper-V of another name for KVM, whose user chose it', () => {
    const hidden = { ...hyperV, [FIRST]: range('GenuineIntel', 0x40000006) };
    expect(ofLeaves(hidden).hypervisor).toMatchObject({ value: { id: 'kvm' }, confidence: 'likely' });
  });

  test.each([
    ['innotek GmbH', 'VirtualBox', 'virtualbox'],
    ['Parallels International GmbH.', 'Parallels ARM Virtual Machine', 'parallels'],
  ])('believes the firmware of %s before a borrowed signature', (vendor, product, id) => {
    const info = ofLeaves(kvm, { [`${DMI}/sys_vendor`]: vendor, [`${DMI}/product_name`]: product });
    expect(verdict(info)).toEqual([true, id, id]);
    expect(info.contradictions).toEqual([]);
    expect(info.evidence).toContainEqual(
      expect.objectContaining({
        found: 'KVMKVMKVM',
        exception: expect.stringContaining('another hypervisor'),
      }),
    );
  });

  test.each([
    ['TCGTCGTCGTCG', 'qemu-tcg', 'qemu'],
    ['bhyve bhyve ', 'bhyve', 'bhyve'],
    ['LKVMLKVMLKVM', 'kvm', 'kvmtool'],
    ['VMwareVMware', 'vmware', 'vmware'],
    ['Jailhouse', 'jailhouse', null],
  ])('names the monitor of %s where only one uses it', (signature, id, monitor) => {
    expect(verdict(ofLeaves({ ...GUEST, [FIRST]: named(signature) }))).toEqual([true, id, monitor]);
  });

  test('does not guess whether VMware counts steal', () => {
    const info = ofLeaves({ ...GUEST, [FIRST]: range('VMwareVMware', 0x40000010) });
    expect([info.stealClock.available, info.dedicatedCpus.available]).toEqual([false, false]);
  });

  test('names an unknown hypervisor by its own word', () => {
    const info = ofLeaves({ ...GUEST, [FIRST]: named('SomethingNew') });
    expect(info).toMatchObject({
      hypervisor: { value: { id: 'other', name: 'SomethingNew' }, confidence: 'likely' },
      vendorString: { value: 'SomethingNew' },
      monitor: { available: false },
    });
  });

  test('says why a masked CPUID or one of garbage names nothing', () => {
    for (const leaf of [registers({}), named('\x1b[2J\x07evil\x01\x02')]) {
      const info = ofLeaves({ ...GUEST, [FIRST]: leaf });
      expect(info).toMatchObject({
        virtual: { value: true },
        hypervisor: { reason: expect.stringContaining('names itself nowhere') },
        vendorString: { reason: expect.stringContaining('holds no name') },
        signatures: { value: [] },
      });
    }
  });

  test('believes the firmware where CPUID is masked', () => {
    const info = ofLeaves(GUEST, { [`${DMI}/sys_vendor`]: 'QEMU', [`${DMI}/product_name`]: 'KVM' });
    expect(verdict(info)).toEqual([true, 'kvm', 'qemu']);
  });

  test('finds a paravirtual guest of Xen, which executes CPUID unfiltered', () => {
    const info = ofLeaves(HARDWARE, {
      '/sys/hypervisor/type': 'xen\n',
      '/proc/xen/capabilities': 'control_d\n',
      '/proc/cpuinfo': 'flags\t\t: fpu hypervisor\n',
    });
    expect(verdict(info).slice(0, 2)).toEqual([true, 'xen']);
    expect(info.contradictions).toEqual([]);
    expect(info.virtual).toMatchObject({ source: expect.stringContaining('the privileged domain') });
  });

  test('finds a hypervisor that hides its bit, and tells the contradiction', () => {
    const named = ofLeaves({ ...HARDWARE, [FIRST]: range('KVMKVMKVM') });
    const seen = ofLeaves(HARDWARE, { [`${DMI}/sys_vendor`]: 'QEMU' });
    for (const info of [named, seen]) {
      expect(info.virtual).toMatchObject({ value: true, confidence: 'likely' });
      expect(info.contradictions).toMatchObject([
        { resolution: expect.stringContaining('can hide its bit') },
      ]);
    }
    expect(named.vendorString).toMatchObject({ value: 'none' });
  });

  test('takes the kernel by its words: a process of gVisor on whatever machine', () => {
    const info = ofLeaves(kvm, {
      '/proc/version': 'Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016',
      '/proc/thread-self/status': 'Name: node',
    });
    expect(verdict(info).slice(0, 2)).toEqual([true, 'gvisor']);
    expect(info.contradictions).toEqual([]);
  });

  test('reports firmware that names another hypervisor, as a guest may show the DMI of its host', () => {
    const info = ofLeaves(kvm, { [`${DMI}/sys_vendor`]: 'VMware, Inc.' });
    expect(info).toMatchObject({
      hypervisor: { value: { id: 'kvm' }, confidence: 'likely' },
      nested: { value: true, confidence: 'claimed' },
      contradictions: [{ sources: [`${DMI}/sys_vendor`, 'CPUID 0x40000000'] }],
    });
  });
});

describe('describeVirtualization() of this machine', () => {
  test('agrees with /proc/cpuinfo, and names KVM where KVM is', () => {
    const info = describeVirtualization(thisMachine());
    const cpuinfo = readFileSync('/proc/cpuinfo', 'utf8');
    if (process.arch === 'x64') {
      const isGuest = /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo);
      expect(info.virtual).toMatchObject({ value: isGuest });
      if (info.vendorString.available) expect(info.vendorString.value === 'none').toBe(!isGuest);
      if (info.vendorString.available && info.vendorString.value === 'KVMKVMKVM')
        expect(['kvm', 'virtualbox', 'parallels']).toContain(
          info.hypervisor.available && info.hypervisor.value.id,
        );
    }
    for (const finding of [info.hypervisor, info.monitor, info.features, info.nested])
      expect(finding.available ? finding.source : finding.reason).toMatch(/\S/);
  });
});

describe('describeVirtualization() of anything', () => {
  const word = fc.oneof(
    fc.constantFrom(0, 0xffffffff, 0x31237648, 0x4b4d564b, 0x564b4d56, 0x4d, 0x40000000, 0x400000ff),
    fc.integer({ min: 0, max: 0xffffffff }),
  );
  const leaf = fc.record({ eax: word, ebx: word, ecx: word, edx: word });
  const signature = fc
    .tuple(fc.constantFrom('KVMKVMKVM', 'Microsoft Hv', 'XenVMMXenVMM', 'VMwareVMware', 'bhyve bhyve '), word)
    .map(([name, eax]) => ({ ...named(name), eax }));

  test('never throws, asks a bounded number of leaves, and shows no control characters', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(leaf, signature), { minLength: 1, maxLength: 16 }), (registersOf) => {
        let asked = 0;
        const cpuid = (number: number) => {
          asked++;
          return registersOf[(number ^ (number >>> 8)) % registersOf.length] ?? registers({});
        };
        const info = describeVirtualization({ ...tableMachine({}), cpuid: available(cpuid) });
        expect(asked).toBeLessThan(600);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
        expect(JSON.stringify(info)).not.toMatch(/[\x00-\x1f\x7f-\x9f]|\\u00[01]/);
      }),
      { numRuns: 150 },
    );
  });
});
