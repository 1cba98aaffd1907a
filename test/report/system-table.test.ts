import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import type { SystemReport } from '../../src/report/system-report.ts';
import { systemTable } from '../../src/report/system-table.ts';
import { describeSystem } from '../../src/virt/describe-system.ts';
import { certain, claimed, likely } from '../../src/virt/finding.ts';
import type { SystemInfo } from '../../src/virt/system-info.ts';
import { hostileMachine, tableMachine } from '../virt/table-machine.ts';
import { passedThrough, softwareAttachment } from './sample-attachment.ts';

/** A machine of which nothing is known. */
const DARK = describeSystem(tableMachine({}));
const NO_DEVICES: SystemReport['devices'] = unavailable('not asked for');

interface Shown {
  readonly evidence?: boolean;
  readonly width?: number;
  readonly color?: boolean;
  readonly devices?: SystemReport['devices'];
}

function table(
  system: SystemInfo,
  { evidence = false, width = 80, color = false, devices = NO_DEVICES }: Shown = {},
): string {
  return systemTable({ system, devices }, { width, color, evidence });
}

/** The lines of a section, without its heading. */
function section(text: string, title: string): string {
  const lines = text.split('\n');
  const from = lines.indexOf(title) + 1;
  const to = lines.indexOf('', from);
  return `${lines.slice(from, to < 0 ? undefined : to).join('\n')}\n`;
}

/** Parts of a machine that is known, over the dark one. */
function known(
  parts: {
    readonly [Part in keyof SystemInfo]?: SystemInfo[Part] extends { available: boolean }
      ? SystemInfo[Part]
      : Partial<SystemInfo[Part]>;
  },
): SystemInfo {
  const { gpus = DARK.gpus, exitCost = DARK.exitCost } = parts;
  return {
    virtualization: { ...DARK.virtualization, ...parts.virtualization },
    container: { ...DARK.container, ...parts.container },
    kernel: { ...DARK.kernel, ...parts.kernel },
    cpu: { ...DARK.cpu, ...parts.cpu },
    memory: { ...DARK.memory, ...parts.memory },
    gpus: gpus as SystemInfo['gpus'],
    exitCost: exitCost as SystemInfo['exitCost'],
  };
}

const GUEST = known({
  virtualization: {
    virtual: certain(true, 'CPUID 0x1: ecx bit 31'),
    hypervisor: certain({ id: 'kvm', name: 'KVM' }, 'CPUID 0x40000000: KVMKVMKVM'),
    monitor: likely({ id: 'qemu', name: 'QEMU' }, '/sys/class/dmi/id/sys_vendor: QEMU'),
    vendorString: certain('KVMKVMKVM', 'CPUID 0x40000000'),
    signatures: certain(
      [
        { leaf: '0x40000000', signature: 'KVMKVMKVM', hypervisor: 'kvm' },
        { leaf: '0x40000100', signature: 'XenVMMXenVMM', hypervisor: 'xen' },
      ],
      'CPUID',
    ),
    features: certain(
      [
        { name: 'KVM_FEATURE_STEAL_TIME', meaning: 'steal clock', offered: true },
        { name: 'KVM_FEATURE_PV_UNHALT', meaning: 'spinlocks', offered: false },
      ],
      'CPUID 0x40000001',
    ),
    nested: claimed(true, '/proc/cmdline: nested=1'),
    cloud: likely({ provider: 'AWS', product: 'm6g.large' }, 'DMI'),
    evidence: [
      {
        source: 'CPUID 0x40000000',
        found: 'KVMKVMKVM',
        says: { virtual: true, hypervisor: 'kvm' },
        confidence: 'certain',
      },
      {
        source: '/sys/class/dmi/id/sys_vendor',
        found: 'Xen',
        says: { hypervisor: 'xen' },
        confidence: 'likely',
        exception: 'KVM can answer as Xen',
      },
    ],
    contradictions: [{ statement: 'DMI says Xen, CPUID says KVM', resolution: 'KVM', sources: ['DMI'] }],
  },
});

describe('systemTable()', () => {
  it('shows what is known, how sure that is, and why the rest is not known', () => {
    const lines = section(table(GUEST), 'virtualization').split('\n').slice(0, 14);
    expect(`${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "  virtual machine         yes
        hypervisor              KVM
        made by                 QEMU (likely, by /sys/class/dmi/id/sys_vendor: QEMU)
        version                 – neither CPUID nor firmware nor any bus tells of a
                                hypervisor, and none of them can rule one out here
        vendor string           KVMKVMKVM
        CPUID ranges            0x40000000 KVMKVMKVM, 0x40000100 XenVMMXenVMM
        steal clock offered     – /proc/stat: not there; CPUID: not in the recording
        stable clock            – neither CPUID nor firmware nor any bus tells of a
                                hypervisor, and none of them can rule one out here
        paravirtual spinlocks   – neither CPUID nor firmware nor any bus tells of a
                                hypervisor, and none of them can rule one out here
        CPUs never taken away   – neither CPUID nor firmware nor any bus tells of a
                                hypervisor, and none of them can rule one out here
      "
    `);
  });

  it('has every source in a column of its own, and every sign, when asked', () => {
    const devices = available([{ index: 0, name: 'Example GPU', attachment: passedThrough() }]);
    const text = table(GUEST, { evidence: true, width: 110, devices });
    expect(section(text, 'evidence')).toMatchInlineSnapshot(`
      "  certain                 virtual true, hypervisor kvm               CPUID 0x40000000: KVMKVMKVM
        likely                  hypervisor xen                             /sys/class/dmi/id/sys_vendor: Xen; KVM
                                                                           can answer as Xen
        device 0                passthrough                                NVML, nvmlDeviceGetVirtualizationMode:
                                                                           mode 1, passthrough
      "
    `);
    expect(text).toMatch(/^ {2}hypervisor +KVM +CPUID 0x40000000: KVMKVMKVM$/m);
    expect(text).toMatch(/^ {2}nested +yes \(claimed\) +\/proc\/cmdline: nested=1$/m);
    expect(table(GUEST, { devices })).not.toContain('KVM can answer as Xen');
  });

  it('ends with what contradicts itself, of the machine, its containers and its devices', () => {
    const contradiction = (statement: string) => ({ statement, resolution: 'the former', sources: [] });
    const system = known({
      virtualization: { contradictions: [contradiction('CPUID or DMI')] },
      container: { contradictions: [contradiction('a file or namespaces')] },
    });
    const attachment = passedThrough({ contradictions: [contradiction('NVML or PCI')] });
    const text = table(system, { devices: available([{ index: 0, name: 'GPU', attachment }]) });
    const lines = ['CPUID or DMI', 'a file or namespaces', 'NVML or PCI'].map(
      (one) => `${one}; taken: the former`,
    );
    expect(
      section(text, 'contradictions')
        .match(/\S.* or .*$/gm)
        ?.map((line) => line.replace(/^! +/, '')),
    ).toEqual(lines);
    expect(table(DARK)).not.toContain('contradictions');
  });

  it('shows who claims a container, and what became of that', () => {
    const system = known({
      container: {
        container: certain({ id: 'none', name: 'none' }, 'namespaces'),
        claims: [
          {
            container: 'docker',
            source: '/.dockerenv',
            found: 'exists',
            verdict: 'refuted',
            reason: 'all namespaces are the first ones',
          },
        ],
        cpuQuota: certain(1.5, 'cpu.max'),
        throttledNs: certain(2.5e9, 'cpu.stat'),
        throttledPeriods: certain(12, 'cpu.stat'),
        memoryLimitBytes: certain(2 ** 31, 'memory.max'),
        allowedCpus: certain([0, 1, 2, 5, 7, 8], '/proc/self/status'),
      },
    });
    expect(section(table(system, { width: 100 }), 'container')).toMatchInlineSnapshot(`
      "  container               none
          claimed               docker by /.dockerenv (exists), refuted: all namespaces are the first ones
        scheduler               none (likely, by no sign of Slurm or Kubernetes)
        CPU quota               1.50 CPUs
        throttled               2.50 s
        throttled periods       12
        memory limit            2.00 GiB
        allowed CPUs            0-2,5,7-8
      "
    `);
  });

  it('speaks of one CPU, of a third of one, and of none', () => {
    const quota = (cpus: number): string =>
      section(table(known({ container: { cpuQuota: certain(cpus, 'cpu.max') } })), 'container');
    expect(quota(1)).toMatch(/CPU quota +1 CPU$/m);
    expect(quota(1 / 3)).toMatch(/CPU quota +0\.33 CPUs$/m);
    const none = known({
      container: { allowedCpus: certain([], 'status') },
      kernel: { bootParameters: certain([], '/proc/cmdline') },
      virtualization: { signatures: certain([], 'CPUID'), features: certain([], 'CPUID') },
      memory: { reservedHugePages: certain([], 'sysfs') },
    });
    for (const label of [
      'allowed CPUs',
      'boot parameters',
      'CPUID ranges',
      'features',
      'reserved huge pages',
    ])
      expect(table(none)).toMatch(new RegExp(`^ {2}${label} +none$`, 'm'));
  });

  it('shows what an exit costs, frequencies and memory in units of people', () => {
    const exitCost = certain(
      {
        ...{
          minCycles: 9000,
          medianCycles: 12_494.4,
          p90Cycles: 14_000,
          samples: 30,
          executionsPerSample: 10,
        },
        ...{ minNs: 4450, medianNs: 4810, p90Ns: 5230 },
      },
      'CPUID',
    );
    const system = known({
      cpu: { currentHz: certain(2.6e9, 'cpufreq'), logicalCpus: certain(2, '/proc/cpuinfo') },
      memory: { totalBytes: certain(23.5 * 2 ** 30, '/proc/meminfo') },
      exitCost,
    });
    const text = table(system, { width: 100 });
    expect(text).toMatch(/frequency now +2\.60 GHz$/m);
    expect(text).toMatch(/total +23\.5 GiB$/m);
    expect(text).toMatch(/exit cost +4\.81 µs \(12494 cycles\) a CPUID, least 4\.45 µs, p90 5\.23 µs$/m);
  });

  it('shows GPUs of the bus and those of Vulkan, or why there are none', () => {
    const gpu = {
      address: '0000:01:00.0',
      vendorId: 0x10de,
      deviceId: 0x2330,
      name: 'NVIDIA',
      driver: certain('nvidia', 'sysfs'),
    };
    const system = known({ gpus: certain([gpu], '/sys/bus/pci/devices') });
    const devices = available([{ index: 0, name: 'llvmpipe', attachment: softwareAttachment() }]);
    expect(section(table(system, { devices }), 'GPU')).toMatchInlineSnapshot(`
      "  0000:01:00.0            NVIDIA
          driver                nvidia
        Vulkan device 0         llvmpipe
          attached              software, computed by this guest's CPUs
      "
    `);
    const empty = section(table(known({ gpus: certain([], 'sysfs') })), 'GPU');
    expect(empty).toMatch(/on the PCI bus +none$/m);
    expect(empty).toMatch(/Vulkan devices +– not asked for$/m);
    expect(section(table(known({ gpus: unavailable('no sysfs') })), 'GPU')).toMatch(/PCI bus +– no sysfs$/m);
  });

  it('fits 80 columns with and without sources, and colours only where it is asked to', () => {
    for (const system of [DARK, GUEST])
      for (const evidence of [false, true])
        for (const line of table(system, { evidence }).split('\n'))
          expect(line.length).toBeLessThanOrEqual(80);
    expect(table(GUEST)).not.toContain('\u001b');
    expect(table(GUEST, { color: true })).toContain('\u001b[1mvirtualization');
  });

  it.each([
    ['escape codes', '\u001b[2J\u001b]0;title\u0007'],
    ['carriage returns', 'good\rbad\b\b'],
    ['text from right to left', '\u202egnp.exe\u2066'],
    ['many lines', 'a\nb\n'.repeat(1000)],
    ['a megabyte', 'x'.repeat(2 ** 20)],
  ])('is harmed by no machine that answers everything with %s', (_, text) => {
    const system = describeSystem(hostileMachine(() => available(text)));
    const devices = available([{ index: 0, name: text.slice(0, 5000), attachment: softwareAttachment() }]);
    for (const evidence of [false, true]) {
      const shown = table(system, { evidence, devices });
      expect(shown).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
      expect(shown.length).toBeLessThan(100_000);
    }
  });
});
