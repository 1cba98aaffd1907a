import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { attachmentRows } from '../../src/report/attachment-rows.ts';
import { findingRow } from '../../src/report/finding-rows.ts';
import { textOf } from '../../src/report/paint.ts';
import { certain, claimed, likely } from '../../src/virt/finding.ts';
import type { GpuAttachment } from '../../src/virt/gpu-attachment.ts';
import { passedThrough, pciFacts, softwareAttachment } from './sample-attachment.ts';

/** The rows of one device as text. */
function lines(attachment: GpuAttachment, index = 0, name = 'Example GPU'): readonly string[] {
  const rows = attachmentRows(available([{ index, name, attachment }]));
  return rows.map((row) =>
    ('cells' in row ? row : findingRow(row, false)).cells.map((cell) => textOf(cell).trim()).join(': '),
  );
}

describe('attachmentRows()', () => {
  it('has every fact of the PCI bus, and why one is missing', () => {
    expect(lines(passedThrough(), 1)).toMatchInlineSnapshot(`
      [
        "Vulkan device 1: Example GPU",
        "attached: passthrough, a whole device given to this guest",
        "driver: nvidia",
        "link speed now: 16 GT/s (likely, by /sys/bus/pci/devices/0000:01:00.0/current_link_speed)",
        "link width now: 16 lanes (likely, by /sys/bus/pci/devices/0000:01:00.0/current_link_width)",
        "link speed at most: 32 GT/s (likely, by /sys/bus/pci/devices/0000:01:00.0/max_link_speed)",
        "link width at most: 16 lanes (likely, by /sys/bus/pci/devices/0000:01:00.0/max_link_width)",
        "BARs: 0: 16.0 MiB, 2: 128 GiB",
        "resizable BAR: yes (likely, by Vulkan)",
        "IOMMU group: – it is in no IOMMU group",
        "NUMA node: – the firmware does not say which NUMA node is near",
        "local CPUs: 0-15",
        "interrupts: 33, 34",
        "physical function: – it is no virtual function",
        "virtual functions: – it shows no ability to have virtual functions",
        "power state: D0",
      ]
    `);
  });

  it('has two lines for a device that is on no bus', () => {
    expect(lines(softwareAttachment())).toEqual([
      'Vulkan device 0: Example GPU',
      "attached: software, computed by this guest's CPUs",
    ]);
  });

  it('says how sure the attachment is, why nobody knows, and the profile of a share', () => {
    const pci = unavailable('not on the bus');
    const kind = likely('vgpu' as const, 'its name');
    const profile = likely('T4-8Q', 'its name');
    expect(lines(passedThrough({ kind, profile, pci })).slice(1)).toEqual([
      'attached: vGPU, a share of a device (likely, by its name)',
      'profile: T4-8Q (likely, by its name)',
    ]);
    expect(lines(passedThrough({ kind: claimed('mig' as const, 'a file'), pci }))[1]).toBe(
      'attached: MIG, a share of a device that is cut in hardware (claimed, by a file)',
    );
    expect(lines(passedThrough({ kind: unavailable('no sign'), pci }))[1]).toBe('attached: – no sign');
  });

  it('has a word for nothing, and speaks of one lane', () => {
    const facts = {
      ...pciFacts,
      bars: certain([], 'resource'),
      interrupts: certain([], 'msi_irqs'),
      currentLinkWidth: certain(1, 'current_link_width'),
    };
    const text = lines(passedThrough({ pci: available(facts) }));
    expect(text).toEqual(
      expect.arrayContaining(['BARs: none', 'interrupts: none', 'link width now: 1 lane']),
    );
  });

  it('says why Vulkan was not asked, or that it has no devices by no line', () => {
    const [row] = attachmentRows(unavailable('not asked for'));
    expect(row).toEqual(['Vulkan devices', { available: false, reason: 'not asked for' }]);
    expect(attachmentRows(available([]))).toEqual([]);
  });
});
