import { expect, test } from 'vitest';
import { firecrackerEvidence } from '../../src/virt/firecracker-evidence.ts';
import { pciUevent } from './pci-uevent.ts';
import { tableMachine } from './table-machine.ts';

const PCI = '/sys/bus/pci/devices';
const ACPI = {
  '/sys/bus/acpi/devices/ACPI0013:00/hid': '',
  '/sys/bus/acpi/devices/AMZNC10C:00/hid': '',
  '/sys/bus/acpi/devices/VMGENCTR:00/hid': '',
};
const BUS = {
  [`${PCI}/0000:00:00.0/uevent`]: pciUevent('8086:0d57', '60000'),
  [`${PCI}/0000:00:01.0/uevent`]: pciUevent('1af4:1042', '18000'),
};

function isSeen(texts: Readonly<Record<string, string>>): boolean {
  return firecrackerEvidence(tableMachine({ files: texts })).length > 0;
}

test('the combination is likely Firecracker', () => {
  expect(firecrackerEvidence(tableMachine({ files: { ...ACPI, ...BUS } }))).toMatchObject([
    { says: { virtual: true, monitor: 'firecracker' }, confidence: 'likely' },
  ]);
});

test('it needs no PCI bus, one of the clocks is enough, and a GPU may be given to it', () => {
  const { '/sys/bus/acpi/devices/AMZNC10C:00/hid': _, ...older } = ACPI;
  expect(isSeen(ACPI)).toBe(true);
  expect(isSeen(older)).toBe(true);
  expect(isSeen({ ...ACPI, ...BUS, [`${PCI}/0000:00:02.0/uevent`]: pciUevent('10de:20b5', '30200') })).toBe(
    true,
  );
});

test('every part of it is needed', () => {
  const { '/sys/bus/acpi/devices/ACPI0013:00/hid': _, ...withoutGed } = ACPI;
  expect(isSeen({})).toBe(false);
  expect(isSeen(BUS)).toBe(false);
  expect(isSeen(withoutGed)).toBe(false);
  expect(isSeen({ '/sys/bus/acpi/devices/ACPI0013:00/hid': '', ...BUS })).toBe(false);
  expect(isSeen({ ...ACPI, ...BUS, '/sys/class/dmi/id/sys_vendor': 'QEMU' })).toBe(false);
  expect(isSeen({ ...ACPI, ...BUS, '/sys/bus/acpi/devices/QEMU0002:00/hid': '' })).toBe(false);
  expect(isSeen({ ...ACPI, ...BUS, [`${PCI}/0000:00:02.0/uevent`]: pciUevent('8086:2918', '60100') })).toBe(
    false,
  );
  expect(isSeen({ ...ACPI, [`${PCI}/0000:00:00.0/uevent`]: pciUevent('8086:1237', '60000') })).toBe(false);
});
