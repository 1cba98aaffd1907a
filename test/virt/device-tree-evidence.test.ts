import { describe, expect, it } from 'vitest';
import { deviceTree, deviceTreeEvidence, treeTexts } from '../../src/virt/device-tree-evidence.ts';
import type { Evidence } from '../../src/virt/evidence.ts';
import { tableMachine } from './table-machine.ts';

const TREE = '/proc/device-tree';

function evidence(texts: Readonly<Record<string, string>>): readonly Evidence[] {
  return deviceTreeEvidence(tableMachine({ files: texts }));
}

describe('the device tree', () => {
  const rows: readonly (readonly [string, string, string, Evidence['says']])[] = [
    ['KVM', 'hypervisor/compatible', 'linux,kvm\0', { virtual: true, hypervisor: 'kvm' }],
    [
      'Xen',
      'hypervisor/compatible',
      'xen,xen-4.17\0xen,xen\0',
      { virtual: true, hypervisor: 'xen', monitor: 'xen' },
    ],
    [
      'VMware',
      'hypervisor/compatible',
      'vmware\0',
      { virtual: true, hypervisor: 'vmware', monitor: 'vmware' },
    ],
    ['another', 'hypervisor/compatible', 'acme,visor\0', { virtual: true, hypervisor: 'other' }],
    ['no board', 'compatible', 'linux,dummy-virt\0', { virtual: true }],
    ['QEMU on Power', 'compatible', 'qemu,pseries\0', { virtual: true, monitor: 'qemu' }],
    ['Power without hypervisor', 'compatible', 'ibm,powernv\0', { virtual: false, hypervisor: 'none' }],
    [
      'a guest of Xen',
      'compatible',
      'xen,xenvm-4.17\0xen,xenvm\0',
      { virtual: true, hypervisor: 'xen', monitor: 'xen' },
    ],
    ['QEMU on RISC-V', 'compatible', 'riscv-virtio\0', { virtual: true, monitor: 'qemu' }],
    ['Firecracker by name', 'compatible', 'Firecracker\0', { virtual: true, monitor: 'firecracker' }],
    ['fw-cfg', 'fw-cfg@9020000/compatible', 'qemu,fw-cfg-mmio\0', { virtual: true, monitor: 'qemu' }],
    ['a generation id', 'vmgenid/compatible', 'microsoft,vmgenid\0', { virtual: true }],
  ];
  it.each(rows)('%s', (_, path, text, says) => {
    expect(evidence({ [`${TREE}/${path}`]: text })[0]).toMatchObject({ says, confidence: 'likely' });
    const [other] = evidence({ [`/sys/firmware/devicetree/base/${path}`]: text });
    expect(other).toMatchObject({ says });
    expect(other?.source.startsWith('/sys/firmware/devicetree/base')).toBe(true);
  });

  it('of a real board says nothing', () => {
    expect(evidence({ [`${TREE}/compatible`]: 'raspberrypi,4-model-b\0brcm,bcm2711\0' })).toEqual([]);
  });

  it('names PowerVM by two properties that it does not read', () => {
    const lpar = { [`${TREE}/ibm,partition-name`]: 'SECRET', [`${TREE}/hmc-managed?`]: '' };
    expect(evidence(lpar)).toEqual([
      {
        source: TREE,
        found: 'ibm,partition-name and hmc-managed?',
        says: { virtual: true, hypervisor: 'powervm' },
        confidence: 'likely',
      },
    ]);
    expect(evidence({ [`${TREE}/ibm,partition-name`]: 'SECRET' })).toEqual([]);
  });

  it('names Firecracker on Arm by what QEMU lacks and has', () => {
    const board = { [`${TREE}/compatible`]: 'linux,dummy-virt\0' };
    const monitors = (texts: Readonly<Record<string, string>>): unknown =>
      evidence(texts).flatMap(({ says }) => says.monitor ?? []);
    const generation = { [`${TREE}/vmgenid/compatible`]: 'microsoft,vmgenid\0' };
    expect(monitors({ ...board, ...generation })).toEqual(['firecracker']);
    expect(monitors(board)).toEqual([]);
    expect(monitors({ ...board, ...generation, [`${TREE}/fw-cfg@0/compatible`]: '' })).toEqual(['qemu']);
  });

  it('survives texts without end', () => {
    const files = tableMachine({
      files: { [`${TREE}/compatible`]: `${'x'.repeat(10_000)}\0linux,dummy-virt` },
    }).files;
    expect(treeTexts(files, `${TREE}/compatible`)).toEqual(['x'.repeat(200)]);
    expect(treeTexts(files, `${TREE}/none`)).toEqual([]);
    expect(deviceTree(tableMachine({}).files)).toBeUndefined();
  });
});

describe("s390's description", () => {
  const ofSysinfo = (text: string): readonly Evidence[] => evidence({ '/proc/sysinfo': text });
  const lpar = 'Manufacturer: IBM\n\nLPAR Number:          33\nLPAR Name:            SECRET\n';
  it.each([
    ['a partition', lpar, 'a logical partition', { virtual: true, hypervisor: 's390-lpar' }],
    [
      'z/VM',
      `${lpar}\nVM00 Name:            SECRET\nVM00 Control Program: z/VM    7.2.0\n`,
      'z/VM    7.2.0',
      { virtual: true, hypervisor: 'z-vm' },
    ],
    ['KVM', `${lpar}VM00 Control Program: KVM/Linux\n`, 'KVM/Linux', { virtual: true, hypervisor: 'kvm' }],
    [
      'KVM on z/VM',
      `${lpar}VM00 Control Program: KVM/Linux\nVM01 Name: SECRET\n`,
      'KVM/Linux',
      { virtual: true, hypervisor: 'kvm', nested: true },
    ],
    ['another', `${lpar}VM00 Control Program: new\n`, 'new', { virtual: true, hypervisor: 'other' }],
  ])('%s', (_, text, found, says) => {
    expect(ofSysinfo(text)).toEqual([{ source: '/proc/sysinfo', found, says, confidence: 'certain' }]);
  });

  it('of another machine says nothing', () => {
    expect(ofSysinfo('x'.repeat(5_000_000))).toEqual([]);
  });
});
