import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { systemFiles } from '../../src/base/system-files.ts';
import { interruptWatch } from '../../src/device-state/gpu-interrupts.ts';
import { temporaryFolder } from '../e2e/guestmark.ts';

const ADDRESS = '0000:01:00.0';
const GPU = { software: false, vendorId: 0x10de, pciAddress: available(ADDRESS) };

/** A guest of two vCPUs; the columns of the GPU are what changes. CPU 1 is offline, as the head says. */
const interrupts = (gpu: readonly [number, number], queue = 0): string => `           CPU0       CPU2       
  1:          0          9   IO-APIC   1-edge      i8042
 36:          0    1160672 PCI-MSIX-0000:00:02.0   1-edge      virtio1-req.0
 40:          7          ${queue} PCI-MSIX-0000:00:04.0   1-edge      virtio3-control
 44:     ${gpu[0]}     ${gpu[1]}   PCI-MSI 524288-edge      nvidia
 45:          3          3   PCI-MSI 526336-edge      snd_hda_intel:card0
LOC:    9963847    9988610   Local timer interrupts
ERR:          0
`;

/** What is counted between two readings of a machine with these files besides. */
function counted(
  device: Parameters<typeof interruptWatch>[0],
  [before, after]: readonly [string, string],
  files: Readonly<Record<string, string>> = {},
): ReturnType<ReturnType<ReturnType<typeof interruptWatch>>> {
  using folder = temporaryFolder();
  const write = (path: string, text: string): void => {
    const file = join(folder.path, path);
    mkdirSync(dirname(file), { recursive: true });
    if (path.endsWith('/driver')) symlinkSync(text, file);
    else writeFileSync(file, text);
  };
  for (const [path, text] of Object.entries(files)) write(`sys/bus/pci/devices/${ADDRESS}/${path}`, text);
  write('proc/interrupts', before);
  const end = interruptWatch(device, systemFiles(folder.path))();
  write('proc/interrupts', after);
  return end();
}

describe('interruptWatch()', () => {
  it('counts the interrupts that sysfs lists for the device, by the CPU that served them', () => {
    const both = [interrupts([100, 20]), interrupts([100, 52])] as const;
    expect(counted(GPU, both, { 'msi_irqs/44': 'msi\n', 'msi_irqs/46': 'msi\n' })).toEqual(
      available({ count: 32, perCpu: { 2: 32 }, sources: ['nvidia'] }),
    );
  });

  it('counts those of a virtio GPU, whose lines bear other names', () => {
    const both = [interrupts([0, 0], 5), interrupts([50, 50], 12)] as const;
    expect(counted(GPU, both, { 'msi_irqs/40': 'msix\n' })).toEqual(
      available({ count: 7, perCpu: { 2: 7 }, sources: ['virtio3-control'] }),
    );
  });

  it('goes by the old line, by the driver of the device, and by known drivers, in this order', () => {
    const both = [interrupts([1, 1]), interrupts([2, 4])] as const;
    const four = available({ count: 4, perCpu: { 0: 1, 2: 3 }, sources: ['nvidia'] });
    expect(counted(GPU, both, { irq: '44\n' })).toEqual(four);
    expect(counted(GPU, both, { irq: '0\n', driver: '/sys/bus/pci/drivers/nvidia' })).toEqual(four);
    expect(counted({ ...GPU, pciAddress: unavailable('not told') }, both)).toEqual(four);
    expect(counted(GPU, both, { irq: '0\n', driver: '/sys/bus/pci/drivers/xe' })).toEqual(
      unavailable('/proc/interrupts: no line of it belongs to the device'),
    );
  });

  it('takes no counter that fell for a count', () => {
    const both = [interrupts([100, 20]), interrupts([0, 21])] as const;
    expect(counted(GPU, both, { irq: '44\n' })).toMatchObject({ value: { count: 1, perCpu: { 2: 1 } } });
  });

  it('has a reason for a software device, and for a machine without the file', () => {
    const both = [interrupts([1, 1]), interrupts([2, 2])] as const;
    expect(counted({ ...GPU, software: true }, both)).toEqual(
      unavailable('a software device raises no interrupts'),
    );
    using folder = temporaryFolder();
    expect(interruptWatch(GPU, systemFiles(folder.path))()()).toEqual(
      unavailable('/proc/interrupts: ENOENT'),
    );
  });
});
