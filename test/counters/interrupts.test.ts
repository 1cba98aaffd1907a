import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { INTERRUPT_COUNTERS } from '../../src/counters/interrupts.ts';
import type { AttachmentSubject } from '../../src/virt/gpu-attachment.ts';
import { thisMachine } from '../../src/virt/open-machine.ts';
import { machineOf, numberOf, openGroup, plain, reasonOf } from './machines.ts';

const ADDRESS = '0000:01:00.0';
const GPU: AttachmentSubject = {
  name: 'Tesla T4',
  software: false,
  type: 'discrete-gpu',
  vendorId: 0x10de,
  deviceId: 0x1eb8,
  driverId: unavailable('not asked'),
  pciAddress: available(ADDRESS),
  renderNode: unavailable('not asked'),
  memoryHeaps: [],
  memoryTypes: [],
};

const text = (gpu: number, other = 4): string => `           CPU0       CPU2
 44:     ${gpu}     3   PCI-MSI 524288-edge      nvidia
 45:     7     7   PCI-MSI 524289-edge      nvidia
 46:     9     9   PCI-MSI 524290-edge      virtio0-config
LOC:     10    ${other}   Local timer interrupts
HYP:     1     2   Hypervisor callback interrupts
IPI0:    5     6   Rescheduling interrupts
ERR:     0
`;

test('a GPU has the sum of its lines, and the rows of the kernel are known by label or words', () => {
  const machine = machineOf({
    '/proc/interrupts': text(100),
    [`/sys/bus/pci/devices/${ADDRESS}/msi_irqs/44`]: 'msi\n',
  });
  const twice = [GPU, { ...GPU, name: 'the same by another driver' }];
  const software = { ...GPU, software: true, pciAddress: unavailable('no PCI') };
  const source = openGroup(INTERRUPT_COUNTERS, machine, { devices: [...twice, software] });
  expect(plain(source.read())).toEqual({
    'interrupts:0000:01:00.0': 103,
    'interrupts:hypervisor-callback': 3,
    'interrupts:local-timer': 14,
    'interrupts:rescheduling': 11,
  });
});

test('each CPU of a row may wrap, and the sum goes on; a line that is gone is a reason', () => {
  const machine = machineOf({ '/proc/interrupts': text(2 ** 32 - 10) });
  const source = openGroup(INTERRUPT_COUNTERS, machine, { devices: [GPU] });
  const name = `interrupts:${ADDRESS}`;
  const before = numberOf(source.read(), name);
  const write = (now: string): void => writeFileSync(join(machine.root, 'proc/interrupts'), now);
  write(text(20));
  expect(numberOf(source.read(), name) - before).toBe(30);
  write(text(20).replaceAll('nvidia', 'vfio'));
  expect(plain(source.read())).toMatchObject({
    [name]: '/proc/interrupts: no such line',
    'interrupts:local-timer': 14,
  });
  write(text(20).replace('CPU2', 'CPU3'));
  expect(plain(source.read())[name]).toContain('other CPUs are online');
});

test('garbage is a reason', () => {
  expect(reasonOf(INTERRUPT_COUNTERS, machineOf({ '/proc/interrupts': 'LOC: x y\n'.repeat(1e5) }))).toBe(
    '/proc/interrupts: no row that is known, and no GPU',
  );
  expect(reasonOf(INTERRUPT_COUNTERS, machineOf({}))).toBe('/proc/interrupts: ENOENT');
});

const here = reasonOf(INTERRUPT_COUNTERS, thisMachine());
if (here !== undefined) console.warn(`interrupts: the test of this machine is skipped: ${here}`);

test.skipIf(here !== undefined)('on this machine interrupts of CPUs grow', () => {
  const source = openGroup(INTERRUPT_COUNTERS);
  const before = source.read();
  for (let i = 0; i < 20; i++) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  const after = source.read();
  const grown = source.counters.map(({ name }) => numberOf(after, name) - numberOf(before, name));
  expect(Math.min(...grown)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...grown)).toBeGreaterThan(0);
});
