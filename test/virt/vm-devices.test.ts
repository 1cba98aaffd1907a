import { expect, test } from 'vitest';
import { describeVmDevices } from '../../src/virt/vm-devices.ts';
import { tableMachine } from './table-machine.ts';

const ACPI = '/sys/bus/acpi/devices';
const TREE = '/proc/device-tree';

function found(texts: Readonly<Record<string, string>>): readonly unknown[] {
  const { vmGenerationId, vmClock } = describeVmDevices(
    tableMachine({ files: { [`${ACPI}/PNP0A08:00/hid`]: '', ...texts } }),
  );
  return [vmGenerationId, vmClock].map((one) => one.available && one.value);
}

test.each([
  'VMGENCTR',
  'VM_GEN_COUNTER',
  'VMGENID',
  'QEMUVGID',
  'FCVMGID',
  'Hyper_V_Gen_Counter_V1',
  'XEN0000',
])('a generation id by the ACPI id %s', (id) => {
  expect(found({ [`${ACPI}/${id}:00/hid`]: '' })).toEqual([true, false]);
});

test.each(['AMZNC10C', 'VMCLOCK'])('a VM clock by the ACPI id %s', (id) => {
  expect(found({ [`${ACPI}/${id}:00/hid`]: '' })).toEqual([false, true]);
});

test('a device of an unknown id is known by its driver, unless that holds none', () => {
  const drivers = '/sys/bus/platform/drivers';
  expect(found({ [`${drivers}/vmgenid/ACME0001:00`]: '', [`${drivers}/vmgenid/bind`]: '' })).toEqual([
    true,
    false,
  ]);
  expect(found({ '/sys/bus/acpi/drivers/vmclock/ACME0002:00': '' })).toEqual([false, true]);
  expect(found({ [`${drivers}/vmgenid/bind`]: '', [`${drivers}/vmgenid/uevent`]: '' })).toEqual([
    false,
    false,
  ]);
});

test('on Arm the device tree tells', () => {
  const tree = {
    [`${TREE}/vmgenid/compatible`]: 'microsoft,vmgenid\0',
    [`${TREE}/ptp@40000000/compatible`]: 'amazon,vmclock\0',
  };
  expect(describeVmDevices(tableMachine({ files: tree }))).toEqual({
    vmGenerationId: {
      available: true,
      value: true,
      source: `${TREE}/vmgenid/compatible`,
      confidence: 'certain',
    },
    vmClock: {
      available: true,
      value: true,
      source: `${TREE}/ptp@40000000/compatible`,
      confidence: 'certain',
    },
  });
  expect(describeVmDevices(tableMachine({ files: { [`${TREE}/compatible`]: 'acme\0' } })).vmClock).toEqual({
    available: true,
    value: false,
    source: `no VM clock among the nodes of ${TREE}`,
    confidence: 'likely',
  });
});

test('with neither there is a reason', () => {
  expect(describeVmDevices(tableMachine({})).vmGenerationId).toEqual({
    available: false,
    reason: `neither ACPI devices (${ACPI}: ENOENT) nor a device tree`,
  });
});

test('a node is named without whatever cannot be shown', () => {
  const node = `${TREE}/vmgenid\u001b[2J/compatible`;
  const { vmGenerationId } = describeVmDevices(tableMachine({ files: { [node]: 'microsoft,vmgenid\0' } }));
  expect(vmGenerationId).toMatchObject({ value: true, source: `${TREE}/vmgenid [2J/compatible` });
});
