import { expect, test } from 'vitest';
import { describeCloud, judgeCloud } from '../../src/virt/cloud.ts';
import type { Evidence } from '../../src/virt/evidence.ts';
import { pciUevent } from './pci-uevent.ts';
import { tableMachine } from './table-machine.ts';

const EC2 = { '/sys/class/dmi/id/sys_vendor': 'Amazon EC2', '/sys/class/dmi/id/product_name': 'g5.xlarge' };
const ENA = { '/sys/bus/pci/devices/0000:00:05.0/uevent': pciUevent('1d0f:ec20', '20000') };

test('texts alone make a cloud likely, devices besides make it certain', () => {
  const value = { provider: 'AWS', product: 'g5.xlarge' };
  expect(describeCloud(tableMachine({ files: EC2 }))).toMatchObject({ value, confidence: 'likely' });
  expect(describeCloud(tableMachine({ files: { ...EC2, ...ENA } }))).toMatchObject({
    value,
    confidence: 'certain',
  });
  expect(describeCloud(tableMachine({ files: ENA }))).toMatchObject({
    value: { provider: 'AWS', product: null },
    confidence: 'likely',
    source: '/sys/bus/pci/devices/0000:00:05.0: 1d0f:ec20 (AWS)',
  });
});

test('signs that disagree leave a claim, and both are told', () => {
  const sign = (cloud: string): Evidence => ({
    source: `/sys/${cloud}`,
    found: cloud === 'AWS' ? 'xen.large' : cloud,
    says: { cloud },
    confidence: 'likely',
  });
  expect(judgeCloud([sign('AWS'), sign('Azure')])).toEqual({
    available: true,
    value: { provider: 'AWS', product: null },
    source: '/sys/AWS: xen.large (AWS); /sys/Azure: Azure',
    confidence: 'claimed',
  });
});

test('without a sign there is a reason, which names what is missing', () => {
  const dell = tableMachine({ files: { '/sys/class/dmi/id/sys_vendor': 'Dell Inc.' } });
  expect(describeCloud(dell)).toEqual({ available: false, reason: 'no sign of a cloud' });
  expect(describeCloud(tableMachine({}))).toEqual({
    available: false,
    reason: 'no sign of a cloud; no DMI (/sys/class/dmi/id/product_name: ENOENT)',
  });
});

test('OpenStack is no name of a cloud', () => {
  const machine = tableMachine({ files: { '/sys/class/dmi/id/product_name': 'OpenStack Nova' } });
  expect(describeCloud(machine)).toMatchObject({ available: false });
});
