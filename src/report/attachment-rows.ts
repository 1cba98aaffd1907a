// How a GPU is attached, in lines of a table: the kind with its evidence, the link, the memory that the CPU sees. Pure.
import type { Available } from '../base/availability.ts';
import { formatBytes } from '../base/units.ts';
import type { GpuAttachment, PciFacts } from '../virt/gpu-attachment.ts';
import { ATTACHMENT_WORDS } from './attachment-lines.ts';
import type { Row } from './columns.ts';
import { type LabelledFinding, orNone, worded, yesOrNo } from './finding-rows.ts';
import type { DescribedDevice } from './system-report.ts';

/** The Vulkan devices, or why none was asked. */
export function attachmentRows(
  devices: Available<readonly DescribedDevice[]>,
): readonly (LabelledFinding | Row)[] {
  if (!devices.available) return [['Vulkan devices', devices]];
  return devices.value.flatMap(({ index, name, attachment }): readonly (LabelledFinding | Row)[] => [
    { cells: [`  Vulkan device ${index}`, name] },
    ...attachmentFacts(attachment).map(([label, finding]): LabelledFinding => [`  ${label}`, finding]),
  ]);
}

/** The facts of one attachment; those of the PCI bus only where it is on one. */
function attachmentFacts({ kind, profile, pci }: GpuAttachment): readonly LabelledFinding[] {
  return [
    ['attached', worded(kind, (value) => ATTACHMENT_WORDS[value])],
    ...(profile.available ? [['profile', profile] as const] : []),
    ...(pci.available ? pciFacts(pci.value) : []),
  ];
}

function pciFacts(pci: PciFacts): readonly LabelledFinding[] {
  const { currentLinkSpeedGTs, currentLinkWidth, maximumLinkSpeedGTs, maximumLinkWidth } = pci;
  return [
    ['driver', pci.driver],
    ['link speed now', worded(currentLinkSpeedGTs, (value) => `${value} GT/s`)],
    ['link width now', worded(currentLinkWidth, lanes)],
    ['link speed at most', worded(maximumLinkSpeedGTs, (value) => `${value} GT/s`)],
    ['link width at most', worded(maximumLinkWidth, lanes)],
    [
      'BARs',
      worded(pci.bars, (bars) => orNone(bars.map(({ index, bytes }) => `${index}: ${formatBytes(bytes)}`))),
    ],
    ['resizable BAR', yesOrNo(pci.resizableBar)],
    ['IOMMU group', pci.iommuGroup],
    ['NUMA node', worded(pci.numaNode, String)],
    ['local CPUs', pci.localCpus],
    ['interrupts', worded(pci.interrupts, (irqs) => orNone(irqs.map(String)))],
    ['physical function', pci.physicalFunction],
    ['virtual functions', worded(pci.virtualFunctions, String)],
    ['power state', pci.powerState],
  ];
}

function lanes(count: number): string {
  return count === 1 ? '1 lane' : `${count} lanes`;
}
