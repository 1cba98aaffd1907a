import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/virt/evidence.ts';
import { judgeHypervisor } from '../../src/virt/judge-hypervisor.ts';

const set: Evidence = {
  source: 'CPUID 0x00000001 ECX[31]',
  found: 'set',
  says: { virtual: true },
  confidence: 'certain',
};
const clear: Evidence = { ...set, found: 'clear', says: { virtual: false }, confidence: 'likely' };
const dmi = (found: string, says: Evidence['says']): Evidence => ({
  source: '/sys/class/dmi/id/sys_vendor',
  found,
  says,
  confidence: 'likely',
});
const range = (found: string, says: Evidence['says']): Evidence => ({
  source: 'CPUID 0x40000000',
  found,
  says: { virtual: true, ...says },
  confidence: 'certain',
});

describe('judgeHypervisor()', () => {
  test('says that nothing speaks where nothing does', () => {
    expect(judgeHypervisor({ bit: undefined, ranges: [], firmware: [] })).toMatchObject({
      virtual: { available: false },
      hypervisor: { available: false },
      monitor: { available: false },
      evidence: [],
      contradictions: [],
    });
  });

  test('takes the most special monitor, and QEMU below it for no contradiction', () => {
    const firmware = [dmi('QEMU', { monitor: 'qemu' }), dmi('Proxmox', { monitor: 'proxmox' })];
    const judged = judgeHypervisor({ bit: set, ranges: [], firmware });
    expect(judged).toMatchObject({
      monitor: { value: { id: 'proxmox' } },
      hypervisor: { value: { id: 'kvm' }, confidence: 'likely' },
      contradictions: [],
    });
  });

  test('tells of two monitors that cannot both be right', () => {
    const firmware = [dmi('VMware', { monitor: 'vmware' }), dmi('crosvm', { monitor: 'crosvm' })];
    const judged = judgeHypervisor({
      bit: set,
      ranges: [range('KVMKVMKVM', { hypervisor: 'kvm' })],
      firmware,
    });
    expect(judged.contradictions).toEqual([
      {
        statement:
          '/sys/class/dmi/id/sys_vendor: VMware speaks for VMware ESXi or Workstation; /sys/class/dmi/id/sys_vendor: crosvm speaks for crosvm',
        resolution: '/sys/class/dmi/id/sys_vendor decides: firmware and devices are the work of the monitor',
        sources: ['/sys/class/dmi/id/sys_vendor', '/sys/class/dmi/id/sys_vendor'],
      },
    ]);
  });

  test('lets a claim decide nothing against the processor', () => {
    const claim: Evidence = { ...dmi('Bochs', { virtual: true, monitor: 'bochs' }), confidence: 'claimed' };
    const judged = judgeHypervisor({ bit: clear, ranges: [], firmware: [claim] });
    expect(judged.virtual).toMatchObject({ value: false });
    expect(judged.contradictions).toHaveLength(1);
  });

  test('does not take virtio devices for a hypervisor', () => {
    const virtio: Evidence = {
      ...dmi('1af4:1041', { virtual: true }),
      source: '/sys/bus/pci/devices/0000:00:01.0',
    };
    expect(judgeHypervisor({ bit: clear, ranges: [], firmware: [virtio] })).toMatchObject({
      virtual: { value: false },
      contradictions: [{ resolution: expect.stringContaining('network cards') }],
    });
  });

  test('lists no more contradictions than anybody reads', () => {
    const firmware = Array.from({ length: 100 }, () => dmi('Xen', { virtual: true }));
    expect(judgeHypervisor({ bit: clear, ranges: [], firmware }).contradictions).toHaveLength(20);
  });
});
