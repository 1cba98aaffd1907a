import { describe, expect, it } from 'vitest';
import { available, unavailable } from '../../src/base/availability.ts';
import { attachmentLines, attachmentText } from '../../src/report/attachment-lines.ts';
import { claimed, likely } from '../../src/virt/finding.ts';
import { passedThrough, pciFacts, softwareAttachment } from './sample-attachment.ts';

describe('attachmentLines()', () => {
  it('tells of a passed-through device what a guest can see', () => {
    expect(attachmentLines(passedThrough())).toEqual([
      'attached: passthrough, a whole device given to this guest (NVML, nvmlDeviceGetVirtualizationMode: mode 1, passthrough)',
      'PCI Express link 16 GT/s × 16, at most 32 GT/s × 16',
      'BARs of 16.0 MiB + 128 GiB, all device memory visible to the CPU',
      'near CPUs 0-15, 2 interrupts, kernel driver nvidia, power state D0',
    ]);
  });

  it('takes one line for a software device', () => {
    expect(attachmentLines(softwareAttachment())).toEqual([
      "attached: software, computed by this guest's CPUs (the Vulkan driver: driver id 13, llvmpipe)",
    ]);
  });

  it('tells what contradicts itself', () => {
    const contradictions = [{ statement: 'A says B', resolution: 'C', sources: ['A'] }];
    expect(attachmentLines(passedThrough({ contradictions }))[1]).toBe('contradiction: A says B; taken: C');
  });

  it('leaves out a link of which only the best is known, and one of which nothing is', () => {
    const none = unavailable('not told');
    const facts = { ...pciFacts, currentLinkSpeedGTs: none, currentLinkWidth: none };
    expect(attachmentLines(passedThrough({ pci: available(facts) }))[1]).toBe(
      'PCI Express link of at most 32 GT/s × 16',
    );
    const dark = { ...facts, maximumLinkSpeedGTs: none, maximumLinkWidth: none };
    expect(attachmentLines(passedThrough({ pci: available(dark) }))[1]).toMatch(/^BARs/);
  });
});

describe('attachmentText()', () => {
  it('says how sure it is, and why nobody knows', () => {
    const kind = likely('vgpu' as const, 'the name of the device: GRID T4-8Q');
    expect(attachmentText(passedThrough({ kind, profile: likely('T4-8Q', 'its name') }))).toBe(
      'likely vGPU, a share of a device, profile T4-8Q (the name of the device: GRID T4-8Q)',
    );
    expect(attachmentText(passedThrough({ kind: claimed('mig' as const, 'a file') }))).toMatch(
      /^perhaps MIG/,
    );
    expect(attachmentText(passedThrough({ kind: unavailable('no sign') }))).toBe('unknown: no sign');
  });
});
