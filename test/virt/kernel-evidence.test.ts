import { describe, expect, it, test } from 'vitest';
import type { Evidence } from '../../src/virt/evidence.ts';
import { kernelEvidence } from '../../src/virt/kernel-evidence.ts';
import { tableMachine } from './table-machine.ts';

function evidence(texts: Readonly<Record<string, string>>): readonly Evidence[] {
  return kernelEvidence(tableMachine({ files: texts }));
}

describe('gVisor', () => {
  const version = 'Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016\n';
  const confidence = (texts: Readonly<Record<string, string>>): unknown =>
    evidence({ '/proc/version': version, ...texts }).map((sign) => [sign.says.hypervisor, sign.confidence]);

  it('is likely where the files of the scheduler are missing', () => {
    expect(confidence({ '/proc/thread-self/stat': '' })).toEqual([['gvisor', 'likely']]);
  });

  it('is a claim where they are there, or nobody knows', () => {
    expect(confidence({ '/proc/thread-self/schedstat': '' })).toEqual([['gvisor', 'claimed']]);
    expect(confidence({})).toEqual([['gvisor', 'claimed']]);
  });

  it('is not seen in any other kernel of that number', () => {
    expect(evidence({ '/proc/version': 'Linux version 4.4.0 (root@build) #1 SMP\n' })).toEqual([]);
  });
});

describe('/proc/cpuinfo', () => {
  it.each([
    ['vendor_id\t: User Mode Linux\nflags\t\t: fpu vme\n', { virtual: true, hypervisor: 'uml' }, 'certain'],
    ['machine\t\t: CHRP IBM pSeries (emulated by qemu)\n', { virtual: true, monitor: 'qemu' }, 'certain'],
    ['processor\t: 0\nflags\t\t: fpu hypervisor lahf_lm\n', { virtual: true }, 'certain'],
    ['processor\t: 0\nflags\t\t: fpu lahf_lm nohypervisor\n', { virtual: false }, 'likely'],
  ])('%j', (text, says, confidence) => {
    expect(evidence({ '/proc/cpuinfo': text })).toMatchObject([
      { source: '/proc/cpuinfo', says, confidence },
    ]);
  });

  it('of an Arm CPU, or of nothing, says nothing', () => {
    expect(evidence({ '/proc/cpuinfo': 'processor\t: 0\nFeatures\t: fp asimd\n' })).toEqual([]);
    expect(evidence({ '/proc/cpuinfo': `flags${' '.repeat(4_000_000)}` })).toEqual([]);
    expect(evidence({ '/proc/cpuinfo': '' })).toEqual([]);
  });
});

test.each([
  ['5.15.153.1-microsoft-standard-WSL2', ['hyper-v']],
  ['6.6.36.3-custom-WSL2+', ['hyper-v']],
  ['4.4.0-19041-Microsoft', []],
  ['6.8.0-1020-azure', []],
])('release %s', (release, hypervisors) => {
  const found = evidence({ '/proc/sys/kernel/osrelease': `${release}\n` });
  expect(found.map(({ says }) => says.hypervisor)).toEqual(hypervisors);
});

test.each([
  ['kvm-clock', 'kvm'],
  ['hyperv_clocksource_tsc_page', 'hyper-v'],
  ['hyperv_clocksource_msr', 'hyper-v'],
  ['hyperv_clocksource', 'hyper-v'],
  ['xen', 'xen'],
])('clocksource %s', (name, hypervisor) => {
  const source = '/sys/devices/system/clocksource/clocksource0/available_clocksource';
  expect(evidence({ [source]: `tsc ${name} acpi_pm \n` })).toEqual([
    { source, found: name, says: { virtual: true, hypervisor }, confidence: 'likely' },
  ]);
  expect(evidence({ [source]: 'tsc hpet acpi_pm \n' })).toEqual([]);
});

test.each([
  ['KVM virtual PTP', 'kvm'],
  ['ptp_vmw', 'vmware'],
  ['hyperv', 'hyper-v'],
])('PTP clock %s', (name, hypervisor) => {
  const texts = {
    '/sys/class/ptp/ptp0/clock_name': 'ixgbe\n',
    '/sys/class/ptp/ptp1/clock_name': `${name}\n`,
  };
  expect(evidence(texts)).toMatchObject([
    { source: '/sys/class/ptp/ptp1/clock_name', found: name, says: { hypervisor } },
  ]);
  expect(evidence({ '/sys/class/ptp/ptp0/clock_name': 'toString' })).toEqual([]);
  expect(evidence({ '/sys/class/ptp/ptp\u001b[2J/clock_name': name })).toMatchObject([
    { source: '/sys/class/ptp/ptp [2J/clock_name' },
  ]);
});

test('words of the command line are claims, and nothing else of it comes through', () => {
  const line =
    'quiet password=SECRET nested_pvm=1 virtio_mmio.device=4K@0xd0000000:5 -- --firecracker-init --key SECRET\n';
  const found = evidence({ '/proc/cmdline': line });
  expect(found).toEqual([
    { source: '/proc/cmdline', found: 'nested_pvm=1', says: { nested: true }, confidence: 'claimed' },
    {
      source: '/proc/cmdline',
      found: 'firecracker',
      says: { virtual: true, monitor: 'firecracker' },
      confidence: 'claimed',
    },
    { source: '/proc/cmdline', found: 'virtio_mmio.device', says: { virtual: true }, confidence: 'likely' },
  ]);
  expect(evidence({ '/proc/cmdline': 'quiet nested_pvm=0 user=firecracker\n' })).toEqual([]);
});
