import { describe, expect, it, test } from 'vitest';
import { dmiEvidence, dmiTexts, SMBIOS_BIOS_TABLE, smbiosVirtualBit } from '../../src/virt/dmi-evidence.ts';
import type { Evidence } from '../../src/virt/evidence.ts';
import { tableMachine } from './table-machine.ts';

const ID = '/sys/class/dmi/id';

function evidence(texts: Readonly<Record<string, string>>, bios?: string): readonly Evidence[] {
  const files = Object.entries(texts).map(([field, text]) => [`${ID}/${field}`, `${text}\n`]);
  const raw = bios === undefined ? {} : { [SMBIOS_BIOS_TABLE]: bios };
  return dmiEvidence(tableMachine({ files: { ...Object.fromEntries(files), ...raw } }));
}

/** All that the signs say, put together; a later one does not overrule an earlier one. */
function said(texts: Readonly<Record<string, string>>): Evidence['says'] {
  return Object.assign(
    {},
    ...evidence(texts)
      .map(({ says }) => says)
      .toReversed(),
  );
}

/** BIOS information with the bit of virtual machines, whose other bytes are no UTF-8. */
function biosTable(virtual: boolean): string {
  const bytes = [0, 0x1a, 0, 0xe8, 1, 2, 0, 0xe8, 3, 0xff, 0x80, 0xc3, 0xa4, 0xe2, 0x9c, 0x93, 0, 0, 0];
  return String.fromCharCode(...bytes, virtual ? 0x1c : 0x0c, 1, 0, 0xff, 0xff);
}

describe('what a text speaks for', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>, Evidence['says']])[] = [
    [
      'QEMU on Arm with KVM',
      { sys_vendor: 'QEMU', product_name: 'KVM Virtual Machine' },
      { virtual: true, hypervisor: 'kvm', monitor: 'qemu' },
    ],
    [
      'QEMU does not tell who accelerates it',
      { sys_vendor: 'QEMU', product_name: 'Standard PC (Q35 + ICH9, 2009)' },
      { virtual: true, monitor: 'qemu' },
    ],
    [
      'OpenStack',
      { sys_vendor: 'OpenStack Foundation', product_name: 'OpenStack Nova' },
      { virtual: true, monitor: 'qemu' },
    ],
    ['KubeVirt', { sys_vendor: 'KubeVirt', product_name: 'None' }, { virtual: true, monitor: 'qemu' }],
    [
      'Nutanix',
      { sys_vendor: 'Nutanix', product_name: 'AHV' },
      { virtual: true, hypervisor: 'kvm', monitor: 'qemu' },
    ],
    [
      'oVirt',
      { sys_vendor: 'oVirt', product_name: 'RHEL' },
      { virtual: true, hypervisor: 'kvm', monitor: 'qemu' },
    ],
    [
      'oVirt node',
      { sys_vendor: 'somebody', product_name: 'oVirt Node' },
      { virtual: true, hypervisor: 'kvm', monitor: 'qemu' },
    ],
    [
      'RHEV',
      { sys_vendor: 'Red Hat', product_name: 'RHEV Hypervisor' },
      { virtual: true, hypervisor: 'kvm', monitor: 'qemu' },
    ],
    ['Proxmox', { bios_vendor: 'Proxmox distribution of EDK II' }, { virtual: true, monitor: 'proxmox' }],
    ['Proxmox by version', { product_version: 'pc-q35-9.0+pve1' }, { virtual: true, monitor: 'proxmox' }],
    [
      'Cloud Hypervisor',
      { sys_vendor: 'Cloud Hypervisor', product_name: 'cloud-hypervisor' },
      { virtual: true, monitor: 'cloud-hypervisor' },
    ],
    [
      'crosvm',
      { sys_vendor: 'ChromiumOS', product_name: 'crosvm', bios_vendor: 'crosvm' },
      { virtual: true, monitor: 'crosvm' },
    ],
    ['Firecracker', { product_name: 'Firecracker' }, { virtual: true, monitor: 'firecracker' }],
    [
      'VMware',
      { sys_vendor: 'VMware, Inc.', product_name: 'VMware20,1' },
      { virtual: true, hypervisor: 'vmware', monitor: 'vmware' },
    ],
    ['VMware, short', { board_vendor: 'VMW' }, { virtual: true, hypervisor: 'vmware', monitor: 'vmware' }],
    [
      'VirtualBox',
      { sys_vendor: 'innotek GmbH', product_name: 'VirtualBox', board_vendor: 'Oracle Corporation' },
      { virtual: true, monitor: 'virtualbox' },
    ],
    [
      'Xen',
      { sys_vendor: 'Xen', product_name: 'HVM domU' },
      { virtual: true, hypervisor: 'xen', monitor: 'xen' },
    ],
    ['Bochs', { bios_vendor: 'Bochs' }, { virtual: true, monitor: 'bochs' }],
    [
      'Parallels',
      { sys_vendor: 'Parallels International GmbH.' },
      { virtual: true, hypervisor: 'parallels', monitor: 'parallels' },
    ],
    ['bhyve', { bios_vendor: 'BHYVE' }, { virtual: true, hypervisor: 'bhyve', monitor: 'bhyve' }],
    [
      'Hyper-V of generation 2',
      { product_version: 'Hyper-V UEFI Release v4.1' },
      { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
    ],
    [
      'Hyper-V of generation 1',
      { sys_vendor: 'Microsoft Corporation', product_name: 'Virtual Machine', product_version: '7.0' },
      { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' },
    ],
    [
      'Apple',
      { product_name: 'Apple Virtualization Generic Platform' },
      { virtual: true, hypervisor: 'apple', monitor: 'apple' },
    ],
    ['OpenBSD', { sys_vendor: 'OpenBSD', product_name: 'VMM' }, { virtual: true, hypervisor: 'openbsd-vmm' }],
    [
      'AWS Nitro',
      { sys_vendor: 'Amazon EC2', product_name: 'c7g.xlarge' },
      { virtual: true, hypervisor: 'kvm', monitor: 'nitro', cloud: 'AWS', product: 'c7g.xlarge' },
    ],
    [
      'AWS bare metal',
      { sys_vendor: 'Amazon EC2', product_name: 'm6g.metal' },
      { virtual: false, hypervisor: 'none', cloud: 'AWS', product: 'm6g.metal' },
    ],
    [
      'AWS bare metal of two sizes',
      { sys_vendor: 'Amazon EC2', product_name: 'm7i.metal-24xl' },
      { virtual: false, hypervisor: 'none', cloud: 'AWS', product: 'm7i.metal-24xl' },
    ],
    [
      'AWS on Xen',
      { sys_vendor: 'Xen', product_name: 'HVM domU', bios_version: '4.11.amazon' },
      { virtual: true, hypervisor: 'xen', monitor: 'xen', cloud: 'AWS' },
    ],
    [
      'Google',
      { sys_vendor: 'Google', product_name: 'Google Compute Engine' },
      { virtual: true, hypervisor: 'kvm', monitor: 'google', cloud: 'Google Cloud' },
    ],
    ['Azure', { chassis_asset_tag: '7783-7084-3265-9085-8269-3286-77' }, { cloud: 'Azure' }],
    ['Oracle', { chassis_asset_tag: 'OracleCloud.com' }, { cloud: 'Oracle Cloud' }],
    ['Open Telekom Cloud', { chassis_asset_tag: 'OpenTelekomCloud' }, { cloud: 'Open Telekom Cloud' }],
    ['Huawei', { chassis_asset_tag: 'HUAWEICLOUD' }, { cloud: 'Huawei Cloud' }],
    ['IBM', { chassis_asset_tag: 'ibmcloud' }, { cloud: 'IBM Cloud' }],
    [
      'Alibaba',
      { sys_vendor: 'Alibaba Cloud', product_name: 'Alibaba Cloud ECS' },
      { cloud: 'Alibaba Cloud', product: 'Alibaba Cloud ECS' },
    ],
    [
      'Hetzner',
      { sys_vendor: 'Hetzner', product_name: 'vServer' },
      { virtual: true, cloud: 'Hetzner', product: 'vServer' },
    ],
    [
      'DigitalOcean',
      { sys_vendor: 'DigitalOcean', product_name: 'Droplet' },
      { virtual: true, cloud: 'DigitalOcean', product: 'Droplet' },
    ],
    ['Scaleway', { sys_vendor: 'Scaleway' }, { cloud: 'Scaleway' }],
    ['UpCloud', { sys_vendor: 'UpCloud' }, { virtual: true, cloud: 'UpCloud' }],
    ['Vultr', { sys_vendor: 'Vultr', product_name: 'VHP' }, { cloud: 'Vultr', product: 'VHP' }],
    ['Akamai', { sys_vendor: 'Akamai' }, { virtual: true, cloud: 'Akamai' }],
    ['Linode', { sys_vendor: 'Linode' }, { virtual: true, cloud: 'Akamai' }],
    [
      'Tencent',
      { sys_vendor: 'Tencent Cloud', product_name: 'CVM' },
      { cloud: 'Tencent Cloud', product: 'CVM' },
    ],
    ['Exoscale', { product_name: 'Exoscale Compute Platform' }, { virtual: true, cloud: 'Exoscale' }],
    ['CloudSigma', { product_name: 'CloudSigma' }, { virtual: true, cloud: 'CloudSigma' }],
  ];
  it.each(rows)('%s', (_, texts, says) => {
    expect(said(texts)).toEqual(says);
    for (const { source, confidence } of evidence(texts)) {
      expect(source.startsWith(ID)).toBe(true);
      expect(confidence).not.toBe('certain');
    }
  });

  it.each([
    [
      'a laptop of the maker of Hyper-V',
      { sys_vendor: 'Microsoft Corporation', product_name: 'Surface Laptop' },
    ],
    [
      'a server of the maker of VirtualBox',
      { sys_vendor: 'Oracle Corporation', product_name: 'ORACLE SERVER X9-2' },
    ],
    ['a Chromebook', { sys_vendor: 'Google', product_name: 'Eve', bios_vendor: 'coreboot' }],
    ['a virtual machine of nobody', { sys_vendor: 'somebody', product_name: 'Virtual Machine' }],
    ['a server', { sys_vendor: 'Dell Inc.', product_name: 'PowerEdge R750', chassis_asset_tag: 'CRATE-42' }],
    ['empty texts', { sys_vendor: '', product_name: '', chassis_asset_tag: '' }],
  ])('nothing for %s', (_, texts) => {
    expect(evidence(texts)).toEqual([]);
  });

  it('gives the texts as they stand, and of an asset tag the constant alone', () => {
    expect(evidence({ sys_vendor: 'QEMU\u001b[2J', chassis_asset_tag: 'OracleCloud.com 4711' })).toEqual([
      {
        source: `${ID}/sys_vendor`,
        found: 'QEMU [2J',
        says: { virtual: true, monitor: 'qemu' },
        confidence: 'likely',
      },
      {
        source: `${ID}/chassis_asset_tag`,
        found: 'OracleCloud.com',
        says: { cloud: 'Oracle Cloud' },
        confidence: 'likely',
      },
    ]);
  });
});

describe('the bit of virtual machines', () => {
  it('is read byte by byte', () => {
    const bit = (table: string): unknown =>
      smbiosVirtualBit(tableMachine({ files: { [SMBIOS_BIOS_TABLE]: table } }).files);
    expect(bit(biosTable(true))).toEqual({ available: true, value: true });
    expect(bit(biosTable(false))).toEqual({ available: true, value: false });
    expect(bit('')).toMatchObject({ available: false });
    expect(bit('\u0001\u001a')).toMatchObject({ available: false });
    expect(bit('\u0000\u0012'.padEnd(40, '\u00ff'))).toMatchObject({ available: false });
  });

  it('says that a machine is virtual, and on EC2 alone that it is none', () => {
    expect(evidence({ sys_vendor: 'Dell Inc.' }, biosTable(true))).toMatchObject([
      { says: { virtual: true } },
    ]);
    expect(evidence({ sys_vendor: 'Dell Inc.' }, biosTable(false))).toEqual([]);
    const ec2 = { sys_vendor: 'Amazon EC2', product_name: 'i3.metal' };
    expect(evidence(ec2, biosTable(false)).at(-1)).toMatchObject({
      source: SMBIOS_BIOS_TABLE,
      says: { virtual: false },
    });
  });
});

test('without DMI the reason names the first text', () => {
  expect(dmiTexts(tableMachine({}).files)).toEqual({
    available: false,
    reason: `${ID}/product_name: ENOENT`,
  });
});
