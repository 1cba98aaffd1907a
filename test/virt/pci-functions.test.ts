import { expect, test } from 'vitest';
import { hex4, listPciFunctions, MOST_FUNCTIONS, pciDriver, pciId } from '../../src/virt/pci-functions.ts';
import { pciUevent } from './pci-uevent.ts';
import { tableMachine } from './table-machine.ts';

const PCI = '/sys/bus/pci/devices';
const FUNCTION = `${PCI}/0000:01:00.0`;

function list(texts: Readonly<Record<string, string>>): unknown {
  return listPciFunctions(tableMachine({ files: texts }).files);
}

test('the numbers come from uevent, or from files of their own', () => {
  const gpu = { address: '0000:01:00.0', vendorId: 0x10de, deviceId: 0x20b5, classCode: 0x030200 };
  const event = pciUevent('10de:20b5', '30200', { subsystem: '10de:1533' });
  expect(list({ [`${FUNCTION}/uevent`]: event })).toEqual({
    available: true,
    value: [{ ...gpu, subsystem: '10de:1533' }],
  });
  const files = { vendor: '0x10de\n', device: '0x20b5\n', class: '0x030200\n' };
  const single = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${FUNCTION}/${name}`, text]),
  );
  expect(list(single)).toEqual({ available: true, value: [{ ...gpu, subsystem: undefined }] });
});

test('what is no function, or has no numbers, is left out', () => {
  const right = pciUevent('1af4:1050', '38000');
  const texts = {
    [`${PCI}/..%2f/uevent`]: right,
    [`${PCI}/0000:01:00.9/uevent`]: right,
    [`${PCI}/0000:01:00.1/uevent`]: 'PCI_CLASS=zz\nPCI_ID=1af4\n=\nx',
    [`${PCI}/0000:01:00.2/vendor`]: '0x1af4',
    [`${PCI}/0000:01:00.3/uevent`]: pciUevent('1af4:105000', '38000'),
    [`${PCI}/0000:01:00.4/uevent`]: '\0'.repeat(5_000_000),
  };
  expect(list(texts)).toEqual({ available: true, value: [] });
  expect(list({})).toEqual({ available: false, reason: `${PCI}: ENOENT` });
});

test('a list without end is cut', () => {
  const many = Array.from({ length: MOST_FUNCTIONS + 100 }, (_, n) => [
    `${PCI}/${n.toString(16).padStart(4, '0')}:00:00.0/uevent`,
    pciUevent('1af4:1050', '38000'),
  ]);
  const { files } = tableMachine({});
  const texts = new Map(many as [string, string][]);
  const names = many.map(([path]) => (path as string).split('/')[5] as string);
  const functions = listPciFunctions({
    ...files,
    read: (path) => ({ available: true, value: texts.get(path) ?? '' }),
    list: () => ({ available: true, value: names }),
  });
  expect(functions.available && functions.value.length).toBe(MOST_FUNCTIONS);
});

test('a driver is known by its link, else by uevent', () => {
  const driver = (texts: Readonly<Record<string, string>>, links = {}): unknown =>
    pciDriver(tableMachine({ files: texts, links }).files, '0000:01:00.0');
  const linked = { [`${FUNCTION}/driver`]: '../../../bus/pci/drivers/nvidia' };
  expect(driver({}, linked)).toEqual({ available: true, value: 'nvidia' });
  const event = { [`${FUNCTION}/uevent`]: pciUevent('10de:20b5', '30200', { driver: 'vfio-pci' }) };
  expect(driver(event)).toEqual({ available: true, value: 'vfio-pci' });
  expect(driver({})).toEqual({ available: false, reason: 'no driver holds it' });
  expect(driver({}, { [`${FUNCTION}/driver`]: '///' })).toMatchObject({ available: false });
});

test('numbers are written as the PCI id database writes them', () => {
  expect(hex4(0xb)).toBe('000b');
  expect(pciId({ vendorId: 0x1af4, deviceId: 0x1050 })).toBe('1af4:1050');
});
