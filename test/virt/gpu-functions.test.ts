import { expect, test } from 'vitest';
import { findGpuFunctions } from '../../src/virt/gpu-functions.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { pciUevent } from './pci-uevent.ts';
import { tableMachine } from './table-machine.ts';

const PCI = '/sys/bus/pci/devices';

test('VGA, 3D and other display controllers and accelerators are found, and nothing else', () => {
  const classes = ['30000', '30200', '38000', '120000', '30100', '20000', '60000', '10802'];
  const bus = classes.map((one, n) => [`${PCI}/0000:0${n}:00.0/uevent`, pciUevent('10de:20b5', one)]);
  const gpus = findGpuFunctions(tableMachine({ files: Object.fromEntries(bus) }));
  expect(gpus).toMatchObject({
    confidence: 'certain',
    source: `${PCI}, by class, of 8 functions`,
    value: ['00', '01', '02', '03'].map((one) => ({ address: `0000:${one}:00.0`, name: 'NVIDIA' })),
  });
});

test('each has its numbers, a name and the driver or why there is none', () => {
  const address = '0000:00:02.0';
  const gpus = findGpuFunctions(
    tableMachine({
      files: { [`${PCI}/${address}/uevent`]: pciUevent('1af4:1050', '38000') },
      links: { [`${PCI}/${address}/driver`]: '../../bus/pci/drivers/virtio-pci' },
    }),
  );
  expect(gpus.available && gpus.value).toEqual([
    {
      address,
      vendorId: 0x1af4,
      deviceId: 0x1050,
      name: 'Red Hat virtio-gpu',
      driver: {
        available: true,
        value: 'virtio-pci',
        source: `${PCI}/${address}/driver`,
        confidence: 'certain',
      },
    },
  ]);
});

test('without the bus there is a reason, and on this machine one or the other', () => {
  expect(findGpuFunctions(tableMachine({}))).toEqual({ available: false, reason: `${PCI}: ENOENT` });
  const here = findGpuFunctions(thisMachine());
  expect(here.available ? here.source : here.reason).toContain(PCI);
});
