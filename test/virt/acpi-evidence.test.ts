import { describe, expect, it, test } from 'vitest';
import { acpiEvidence, acpiIds } from '../../src/virt/acpi-evidence.ts';
import type { Evidence } from '../../src/virt/evidence.ts';
import { tableMachine } from './table-machine.ts';

const FADT = '/sys/firmware/acpi/tables/FACP';
const DEVICES = '/sys/bus/acpi/devices';

/** A table of the revision's length, with bytes that are no UTF-8 before the maker. */
function fadt(oem: string, { revision = 6, vendor = '' } = {}): string {
  const head = `FACP\u0014\u0001\u0000\u0000${String.fromCharCode(revision)}\u00e8`;
  const table = `${head}${oem.padEnd(6, ' ')}TABLE   `.padEnd(268, '\u0000');
  return `${table}${vendor.padEnd(8, '\u0000')}`;
}

function ofTable(table: string): readonly Evidence[] {
  return acpiEvidence(tableMachine({ files: { [FADT]: table } }));
}

function ofDevices(...ids: readonly string[]): readonly Evidence[] {
  return acpiEvidence(
    tableMachine({ files: Object.fromEntries(ids.map((id) => [`${DEVICES}/${id}/hid`, ''])) }),
  );
}

describe('the maker of the tables', () => {
  const rows: readonly (readonly [string, Evidence['says']])[] = [
    ['FIRECK', { virtual: true, monitor: 'firecracker' }],
    ['BOCHS ', { virtual: true, monitor: 'qemu' }],
    ['CLOUDH', { virtual: true, monitor: 'cloud-hypervisor' }],
    ['CROSVM', { virtual: true, monitor: 'crosvm' }],
    ['VRTUAL', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
    ['VBOX  ', { virtual: true, monitor: 'virtualbox' }],
    ['AMAZON', { cloud: 'AWS' }],
    ['Google', { virtual: true, hypervisor: 'kvm', monitor: 'google', cloud: 'Google Cloud' }],
    ['Xen', { virtual: true, hypervisor: 'xen', monitor: 'xen' }],
    ['PRLS  ', { virtual: true, hypervisor: 'parallels', monitor: 'parallels' }],
    ['BHYVE ', { virtual: true, hypervisor: 'bhyve', monitor: 'bhyve' }],
    ['ACRN  ', { virtual: true, hypervisor: 'acrn' }],
  ];
  it.each(rows)('%s', (oem, says) => {
    const found = `OEM id ${oem.trim()}`;
    expect(ofTable(fadt(oem))).toEqual([{ source: FADT, found, says, confidence: 'likely' }]);
  });

  it.each(['DELL  ', 'GOOGLE', 'LENOVO', 'toStri', '\u0000\u0000', ''])('nothing for %j', (oem) => {
    expect(ofTable(fadt(oem))).toEqual([]);
  });

  it('is certain for Firecracker alone, which fills in both names', () => {
    const says = { virtual: true, monitor: 'firecracker' };
    expect(ofTable(fadt('FIRECK', { vendor: 'FIRECKVM' }))).toEqual([
      { source: FADT, found: 'OEM id FIRECK', says, confidence: 'certain' },
      { source: FADT, found: 'hypervisor vendor FIRECKVM', says, confidence: 'certain' },
    ]);
  });

  it('names a hypervisor since revision 6, known or not', () => {
    expect(ofTable(fadt('DELL', { vendor: 'QEMU' }))).toMatchObject([
      { found: 'hypervisor vendor QEMU', says: { virtual: true, monitor: 'qemu' } },
    ]);
    expect(ofTable(fadt('DELL', { vendor: 'NEWONE' }))).toMatchObject([{ says: { virtual: true } }]);
    expect(ofTable(fadt('DELL', { revision: 5, vendor: 'QEMU' }))).toEqual([]);
  });

  it.each(['', 'FACP', 'DSDT'.padEnd(300, 'FIRECK'), 'FACP'.padEnd(300, '\u00ff')])(
    'survives %j',
    (table) => {
      expect(ofTable(table).filter(({ says }) => says.monitor !== undefined)).toEqual([]);
    },
  );
});

describe('devices', () => {
  const rows: readonly (readonly [string, Evidence['says']])[] = [
    ['VMGENCTR:00', { virtual: true }],
    ['VM_GEN_COUNTER:00', { virtual: true }],
    ['VMGENID:00', { virtual: true }],
    ['Hyper_V_Gen_Counter_V1:00', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
    ['QEMUVGID:00', { virtual: true, monitor: 'qemu' }],
    ['FCVMGID:00', { virtual: true, monitor: 'firecracker' }],
    ['AMZNC10C:00', { virtual: true }],
    ['VMCLOCK:00', { virtual: true }],
    ['QEMU0001:00', { virtual: true, monitor: 'qemu' }],
    ['QEMU0002:00', { virtual: true, monitor: 'qemu' }],
    ['VMBUS:00', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
    ['VMBus:00', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
    ['MSFT1000:00', { virtual: true, hypervisor: 'hyper-v', monitor: 'hyper-v' }],
    ['XEN0000:00', { virtual: true, hypervisor: 'xen', monitor: 'xen' }],
    ['LNRO0005:00', { virtual: true }],
  ];
  it.each(rows)('%s', (name, says) => {
    const [sign, ...more] = ofDevices(name, 'PNP0A08:00');
    expect(sign).toMatchObject({ source: DEVICES, says, confidence: 'likely' });
    expect(sign?.found).toMatch(/^[A-Z0-9_]+ \(.+\)$/);
    expect(more).toEqual([]);
  });

  it('that a board has say nothing, and several of a kind count once', () => {
    expect(ofDevices('PNP0A08:00', 'ACPI0013:00', 'device:1f', 'constructor:00')).toEqual([]);
    expect(ofDevices('LNRO0005:00', 'LNRO0005:01', 'LNRO0005:02')).toHaveLength(1);
  });
});

test('the table of emulated devices is known by its name', () => {
  const machine = tableMachine({ files: { '/sys/firmware/acpi/tables/WAET': '', [FADT]: fadt('DELL') } });
  expect(acpiEvidence(machine)).toEqual([
    {
      source: '/sys/firmware/acpi/tables',
      found: 'WAET (table of emulated devices)',
      says: { virtual: true },
      confidence: 'likely',
    },
  ]);
});

test('a machine without ACPI says so', () => {
  expect(acpiIds(tableMachine({}).files)).toEqual({ available: false, reason: `${DEVICES}: ENOENT` });
  expect(acpiEvidence(tableMachine({}))).toEqual([]);
});
