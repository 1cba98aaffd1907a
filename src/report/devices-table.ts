// What `guestmark devices` prints: every device by its index, and what can be computed on it. Pure;
// opening a device is none of its business.
import type { CooperativeMatrixInfo, DeviceInfo } from '../vulkan/device-info.ts';
import { type AttachedDevice, attachmentLines } from './attachment-lines.ts';
import { type Column, type Row, renderColumns } from './columns.ts';
import { painter } from './paint.ts';
import type { TerminalOptions } from './table.ts';
import { describeDevice } from './table-header.ts';

const COLUMNS: readonly Column[] = [
  { heading: { text: '#', style: 'heading' }, align: 'right' },
  { heading: { text: 'device', style: 'heading' }, wraps: true },
];

const EXTENSIONS: Readonly<Record<CooperativeMatrixInfo['extension'], string>> = {
  VK_KHR_cooperative_matrix: '',
  VK_NV_cooperative_matrix: ' (NV)',
  VK_NV_cooperative_matrix2: ' (NV 2, multiples)',
};

/** Renders the devices in the order of their index; each with its queue families. */
export function devicesTable(devices: readonly AttachedDevice[], { width, color }: TerminalOptions): string {
  if (devices.length === 0) return 'No Vulkan device was found.\n';
  return `${renderColumns(COLUMNS, devices.map(deviceRow), { width, paint: painter(color) }).join('\n')}\n`;
}

function deviceRow({ device, attachment }: AttachedDevice): Row {
  const lines = [
    describeDevice(device),
    ...attachmentLines(attachment),
    ...queueLines(device),
    ...matrixLines(device),
    uuidLine(device),
  ];
  const text = device.software ? ['SOFTWARE DEVICE, no GPU', ...lines].join('\n') : lines.join('\n');
  return { cells: [String(device.index), device.software ? { text, style: 'caution' } : text] };
}

function queueLines({ queueFamilies }: DeviceInfo): readonly string[] {
  return queueFamilies.map((family) => {
    const abilities = (['graphics', 'compute', 'transfer'] as const).filter((ability) => family[ability]);
    const queues = `${family.queueCount} ${family.queueCount === 1 ? 'queue' : 'queues'}`;
    const timestamps =
      family.timestampValidBits === 0 ? 'no timestamps' : `timestamps of ${family.timestampValidBits} bits`;
    return `queue family ${family.index}: ${abilities.join(' + ') || 'other'}, ${queues}, ${timestamps}`;
  });
}

/** The tiles (m × n × k) of each combination of types; nothing for the many devices without matrix units. */
function matrixLines({ cooperativeMatrices }: DeviceInfo): readonly string[] {
  if (!cooperativeMatrices.available) return [];
  const tiles = new Map<string, string[]>();
  for (const matrix of cooperativeMatrices.value) {
    const types = typesOf(matrix);
    tiles.set(types, [...(tiles.get(types) ?? []), `${matrix.m}×${matrix.n}×${matrix.k}`]);
  }
  return [...tiles].map(([types, sizes]) => `${types}: ${sizes.join(', ')}`);
}

function typesOf(matrix: CooperativeMatrixInfo): string {
  const { extension, aType, bType, cType, resultType, saturating } = matrix;
  const inputs = aType === bType ? aType : `${aType} × ${bType}`;
  const outputs = cType === resultType ? resultType : `${cType} → ${resultType}`;
  const remarks = [saturating ? ', saturating' : '', scopeOf(matrix)].join('');
  return `cooperative matrices${EXTENSIONS[extension]} of ${inputs}, sums of ${outputs}${remarks}`;
}

function scopeOf({ scope, workgroupInvocations }: CooperativeMatrixInfo): string {
  if (scope === 'subgroup') return '';
  return workgroupInvocations === null
    ? `, by ${scope}`
    : `, by ${scope} of ${workgroupInvocations} invocations`;
}

function uuidLine({ uuid }: DeviceInfo): string {
  return uuid.available ? `UUID ${uuid.value}` : `UUID unknown: ${uuid.reason}`;
}
