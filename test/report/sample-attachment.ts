// Attachments for tests of reports: that of a passed-through GPU, and that of the software device of every test machine.
import { available, unavailable } from '../../src/base/availability.ts';
import { certain, likely } from '../../src/virt/finding.ts';
import type { GpuAttachment, PciFacts } from '../../src/virt/gpu-attachment.ts';

const FOLDER = '/sys/bus/pci/devices/0000:01:00.0';

/** A PCI function as a guest sees it. */
export const pciFacts: PciFacts = {
  address: '0000:01:00.0',
  driver: certain('nvidia', `${FOLDER}/driver`),
  currentLinkSpeedGTs: likely(16, `${FOLDER}/current_link_speed`),
  currentLinkWidth: likely(16, `${FOLDER}/current_link_width`),
  maximumLinkSpeedGTs: likely(32, `${FOLDER}/max_link_speed`),
  maximumLinkWidth: likely(16, `${FOLDER}/max_link_width`),
  bars: certain(
    [
      { index: 0, bytes: 16 * 2 ** 20 },
      { index: 2, bytes: 128 * 2 ** 30 },
    ],
    `${FOLDER}/resource`,
  ),
  resizableBar: likely(true, 'Vulkan'),
  iommuGroup: unavailable('it is in no IOMMU group'),
  numaNode: unavailable('the firmware does not say which NUMA node is near'),
  localCpus: certain('0-15', `${FOLDER}/local_cpulist`),
  interrupts: certain([33, 34], `${FOLDER}/msi_irqs`),
  physicalFunction: unavailable('it is no virtual function'),
  virtualFunctions: unavailable('it shows no ability to have virtual functions'),
  powerState: certain('D0', `${FOLDER}/power_state`),
};

/** A GPU given to a guest as a whole. */
export function passedThrough(changes: Partial<GpuAttachment> = {}): GpuAttachment {
  return {
    kind: certain('passthrough', 'NVML, nvmlDeviceGetVirtualizationMode: mode 1, passthrough'),
    evidence: [
      {
        source: 'NVML, nvmlDeviceGetVirtualizationMode',
        found: 'mode 1, passthrough',
        says: 'passthrough',
      },
    ],
    contradictions: [],
    profile: unavailable('only a share of a device has a profile'),
    pci: available(pciFacts),
    ...changes,
  };
}

/** The software device. */
export function softwareAttachment(): GpuAttachment {
  return {
    kind: certain('software', 'the Vulkan driver: driver id 13, llvmpipe'),
    evidence: [{ source: 'the Vulkan driver', found: 'driver id 13, llvmpipe', says: 'software' }],
    contradictions: [],
    profile: unavailable('only a share of a device has a profile'),
    pci: unavailable('the device lacks VK_EXT_pci_bus_info'),
  };
}
