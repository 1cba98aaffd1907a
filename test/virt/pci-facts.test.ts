import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Available } from '../../src/base/availability.ts';
import type { PciFacts } from '../../src/virt/gpu-attachment.ts';
import { readPciFacts } from '../../src/virt/pci-facts.ts';
import { gpu, recordMachine } from './attachment-fixture.ts';

const ADDRESS = '0000:01:00.0';
const FOLDER = `/sys/bus/pci/devices/${ADDRESS}`;

/** Three BARs of 64 bits, each with its upper half, and a ROM. */
const RESOURCE = [
  '0x00000000fa000000 0x00000000faffffff 0x0000000000040200',
  '0x0000000000000000 0x0000000000000000 0x0000000000000000',
  '0x0000002000000000 0x0000003fffffffff 0x000000000014220c',
  '0x0000000000000000 0x0000000000000000 0x0000000000000000',
  '0x0000004000000000 0x0000004001ffffff 0x000000000014220c',
  '0x0000000000000000 0x0000000000000000 0x0000000000000000',
  '0x00000000fb000000 0x00000000fb07ffff 0x0000000000046200',
].join('\n');

const WHOLE = {
  current_link_speed: '8.0 GT/s PCIe\n',
  current_link_width: '16\n',
  max_link_speed: '32.0 GT/s PCIe\n',
  max_link_width: '16\n',
  resource: RESOURCE,
  numa_node: '1\n',
  local_cpulist: '0-15,32-47\n',
  'msi_irqs/131': 'msix\n',
  'msi_irqs/33': 'msix\n',
  irq: '16\n',
  power_state: 'D0\n',
  sriov_totalvfs: '16\n',
  sriov_numvfs: '2\n',
};

/** The facts of a function with these files. */
function facts(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): PciFacts {
  using recorded = recordMachine({ functions: { [ADDRESS]: files }, links });
  const read = readPciFacts(ADDRESS, recorded.machine.files, { virtual: true, subject: gpu() });
  if (!read.available) throw new Error(read.reason);
  return read.value;
}

const told = <T>(maybe: Available<T>): T | string => (maybe.available ? maybe.value : maybe.reason);

describe('readPciFacts()', () => {
  it('reads everything that a host shows', () => {
    const read = facts(WHOLE, {
      [`${FOLDER}/driver`]: '../../../bus/pci/drivers/nvidia',
      [`${FOLDER}/iommu_group`]: '../../../kernel/iommu_groups/12',
    });
    expect(Object.fromEntries(Object.entries(read).map(([key, fact]) => [key, told(fact)]))).toEqual({
      address: undefined,
      driver: 'nvidia',
      currentLinkSpeedGTs: 8,
      currentLinkWidth: 16,
      maximumLinkSpeedGTs: 32,
      maximumLinkWidth: 16,
      bars: [
        { index: 0, bytes: 16 * 2 ** 20 },
        { index: 2, bytes: 128 * 2 ** 30 },
        { index: 4, bytes: 32 * 2 ** 20 },
      ],
      resizableBar: true,
      iommuGroup: '12',
      numaNode: 1,
      localCpus: '0-15,32-47',
      interrupts: [33, 131],
      physicalFunction: 'it is no virtual function, as far as can be seen',
      virtualFunctions: 2,
      powerState: 'D0',
    });
    expect(read.virtualFunctions).toMatchObject({
      source: `${FOLDER}/sriov_numvfs, of 16 that it can have`,
    });
  });

  it('takes a link for likely only in a guest, whose ports can make it up', () => {
    using recorded = recordMachine({ functions: { [ADDRESS]: WHOLE } });
    const confidence = (virtual: boolean): unknown => {
      const read = readPciFacts(ADDRESS, recorded.machine.files, { virtual, subject: gpu() });
      return read.available && read.value.currentLinkSpeedGTs;
    };
    expect(confidence(true)).toMatchObject({ confidence: 'likely' });
    expect(confidence(false)).toMatchObject({ confidence: 'certain' });
  });

  it('says why a value that is there is none', () => {
    const read = facts({
      current_link_speed: 'Unknown\n',
      current_link_width: '0\n',
      max_link_speed: '0.0 GT/s\n',
      max_link_width: '255\n',
      resource: '0x0 0x0 0x0\n'.repeat(7),
      numa_node: '-1\n',
      local_cpulist: '\n',
      irq: '0\n',
      power_state: 'unknown\n',
      'power/runtime_status': 'suspended\n',
    });
    expect(told(read.currentLinkSpeedGTs)).toBe('the link\'s speed is "Unknown"');
    expect(told(read.currentLinkWidth)).toBe('the link\'s width is "0", which PCI Express does not have');
    expect(told(read.maximumLinkSpeedGTs)).toBe('the link\'s speed is "0.0 GT/s"');
    expect(told(read.maximumLinkWidth)).toContain('"255"');
    expect(told(read.bars)).toBe(`${FOLDER}/resource: it lists no base address register`);
    expect(told(read.numaNode)).toBe('the firmware does not say which NUMA node is near');
    expect(told(read.localCpus)).toContain('local_cpulist');
    expect(told(read.interrupts)).toContain('neither msi_irqs nor irq');
    expect(read.powerState).toMatchObject({ value: 'suspended', source: `${FOLDER}/power/runtime_status` });
  });

  it('says what is missing of a function of which nothing is known', () => {
    const read = facts({ vendor: '0x10de\n' });
    expect(told(read.driver)).toBe('no driver is bound to it');
    expect(told(read.iommuGroup)).toContain('says nothing of the host');
    expect(told(read.currentLinkSpeedGTs)).toBe(`${FOLDER}/current_link_speed: ENOENT`);
    expect(told(read.virtualFunctions)).toBe('it shows no ability to have virtual functions');
  });

  it('survives garbage, huge files, and folders where files are expected', () => {
    const garbage = '\u001b[31m\u0000\ufffd'.repeat(500_000);
    const names = Object.keys(WHOLE).filter((name) => !name.startsWith('msi_irqs'));
    const files = Object.fromEntries(names.map((name) => [name, garbage]));
    const hostile = { [`${FOLDER}/driver`]: '/'.repeat(1e6), [`${FOLDER}/physfn`]: '\u001b[2J'.repeat(1000) };
    const read = facts({ ...files, 'msi_irqs/x; rm': '', 'msi_irqs/-1': '' }, hostile);
    expect(JSON.stringify(read)).not.toContain('\\u001b');
    expect(JSON.stringify(read).length).toBeLessThan(10_000);
    for (const fact of [read.currentLinkSpeedGTs, read.bars, read.numaNode, read.interrupts, read.driver])
      expect(fact.available).toBe(false);
    using recorded = recordMachine({});
    for (const name of names) mkdirSync(join(recorded.machine.root, FOLDER, name), { recursive: true });
    const folders = readPciFacts(ADDRESS, recorded.machine.files, { virtual: true, subject: gpu() });
    expect(folders).toMatchObject({ value: { currentLinkWidth: { available: false } } });
  });

  it('says that there is no such function', () => {
    using recorded = recordMachine({});
    expect(readPciFacts(ADDRESS, recorded.machine.files, { virtual: true, subject: gpu() })).toEqual({
      available: false,
      reason: `${FOLDER}: ENOENT`,
    });
  });
});
