import { describe, expect, it, test } from 'vitest';
import { busEvidence } from '../../src/virt/bus-evidence.ts';
import type { Evidence } from '../../src/virt/evidence.ts';
import { pciUevent } from './pci-uevent.ts';
import { tableMachine } from './table-machine.ts';

const PCI = '/sys/bus/pci/devices';

function evidence(texts: Readonly<Record<string, string>>): readonly Evidence[] {
  return busEvidence(tableMachine({ files: texts }));
}

describe('Xen', () => {
  it('names itself in sysfs', () => {
    expect(evidence({ '/sys/hypervisor/type': 'xen\n' })).toEqual([
      {
        source: '/sys/hypervisor/type',
        found: 'xen',
        says: { virtual: true, hypervisor: 'xen' },
        confidence: 'certain',
      },
    ]);
    expect(evidence({ '/sys/hypervisor/type': 'acme' })).toMatchObject([
      { says: { hypervisor: 'other' }, confidence: 'likely' },
    ]);
    expect(evidence({ '/sys/hypervisor/type': '\0\n' })).toEqual([]);
  });

  it("tells Amazon's build", () => {
    const texts = { '/sys/hypervisor/type': 'xen\n', '/sys/hypervisor/version/extra': '.amazon\n' };
    expect(evidence(texts)[1]).toMatchObject({ found: '.amazon', says: { cloud: 'AWS' } });
    expect(evidence({ ...texts, '/sys/hypervisor/version/extra': '.1-pre' })).toHaveLength(1);
  });

  it('tells the privileged domain apart, which runs on it all the same', () => {
    const path = '/sys/hypervisor/properties/features';
    const dom0 = evidence({ [path]: '00002fef\n' });
    expect(dom0).toMatchObject([{ source: path, says: { virtual: true, hypervisor: 'xen' } }]);
    expect(dom0[0]?.exception).toContain('privileged domain');
    for (const guest of ['000027ff', 'garbage', '', 'f'.repeat(99)])
      expect(evidence({ [path]: guest })).toEqual([]);
  });

  it('tells it by the capabilities too', () => {
    const path = '/proc/xen/capabilities';
    expect(evidence({ [path]: 'control_d\n' })[0]?.exception).toContain('privileged domain');
    expect(evidence({ [path]: '' })).toMatchObject([{ found: 'a domain without privileges' }]);
    expect(evidence({ [path]: '' })[0]?.exception).toBeUndefined();
  });
});

test.each([
  ['/sys/bus/xen/devices', { virtual: true, hypervisor: 'xen' }],
  ['/sys/bus/vmbus/devices', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
])('channels in %s count where there are some', (path, says) => {
  expect(evidence({ [`${path}/one/x`]: '', [`${path}/two/x`]: '' })).toEqual([
    { source: path, found: '2 devices', says, confidence: 'likely' },
  ]);
  expect(evidence({ [`${path}/`]: '' })).toEqual([]);
});

describe('numbers of PCI functions', () => {
  const rows: readonly (readonly [string, string, Evidence['says']])[] = [
    ['VMCI', '15ad:0740', { virtual: true, hypervisor: 'vmware', monitor: 'vmware' }],
    ["VMware's graphics, which others imitate", '15ad:0405', { virtual: true }],
    ['VirtualBox', '80ee:cafe', { virtual: true, monitor: 'virtualbox' }],
    ['Parallels', '1ab8:4000', { virtual: true, hypervisor: 'parallels', monitor: 'parallels' }],
    ["Xen's platform device", '5853:0001', { virtual: true, hypervisor: 'xen', monitor: 'xen' }],
    ["bhyve's framebuffer", 'fb5d:40fb', { virtual: true, monitor: 'bhyve' }],
    ['Hyper-V graphics', '1414:5353', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
    ['a paravirtual GPU', '1414:008e', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
    [
      "Azure's network",
      '1414:00ba',
      { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v', cloud: 'Azure' },
    ],
    ["QEMU's graphics", '1234:1111', { virtual: true, monitor: 'qemu' }],
    ["QEMU's root port", '1b36:000c', { virtual: true, monitor: 'qemu' }],
    ["AWS's network", '1d0f:ec20', { cloud: 'AWS' }],
    ["AWS's network of old", '1d0f:ec21', { cloud: 'AWS' }],
    ["AWS's disk", '1d0f:8061', { cloud: 'AWS' }],
    ["Google's network", '1ae0:0042', { cloud: 'Google Cloud' }],
    ['virtio', '1af4:1041', { virtual: true }],
  ];
  it.each(rows)('%s', (_, id, says) => {
    expect(evidence({ [`${PCI}/0000:00:01.0/uevent`]: pciUevent(id, '20000') })).toEqual([
      { source: `${PCI}/0000:00:01.0`, found: id, says, confidence: 'likely' },
    ]);
  });

  it('of a copy by its subsystem', () => {
    const copied = pciUevent('8086:100e', '20000', { subsystem: '1af4:1100' });
    expect(evidence({ [`${PCI}/0000:00:01.0/uevent`]: copied })).toMatchObject([
      { found: '8086:100e of subsystem 1af4:1100', says: { monitor: 'qemu' } },
    ]);
  });

  it('count a row once, and say nothing for a board', () => {
    const many = [1, 2, 3].map((n) => [`${PCI}/0000:00:0${n}.0/uevent`, pciUevent('1af4:1042', '18000')]);
    expect(evidence(Object.fromEntries(many))).toMatchObject([{ found: '1af4:1042, and 2 like it' }]);
    expect(evidence({ [`${PCI}/0000:00:01.0/uevent`]: pciUevent('10de:20b5', '30200') })).toEqual([]);
  });
});
