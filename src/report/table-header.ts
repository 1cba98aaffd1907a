// The head of the terminal table: what was measured on, how far the clocks can be trusted, and what the
// tool itself costs. Everything a reader needs to judge the figures below it.
import type { Available } from '../base/availability.ts';
import { formatBytes, formatNs } from '../base/units.ts';
import { median } from '../stats/quantile.ts';
import type { Confidence } from '../virt/finding.ts';
import type { GpuAttachment } from '../virt/gpu-attachment.ts';
import type { SystemInfo } from '../virt/system-info.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { ATTACHMENT_WORDS } from './attachment-lines.ts';
import { sampledRuns } from './case-samples.ts';
import { clocksComparison } from './clocks-comparison.ts';
import type { Row } from './columns.ts';
import type { Painted } from './paint.ts';
import { formatPercent } from './percent.ts';
import type { BindingRecord, ClocksRecord, Report } from './report.ts';

/** Rows of two columns: a word and what it says. */
export function headerRows(report: Report): readonly Row[] {
  const lines: (readonly [string, Painted])[] = [
    ['device', deviceLine(report.device)],
    ['machine', machineLine(report)],
    ...clocksLines(report.clocks),
    ...clocksComparison(report),
    ['tool cost', costLine(report.clocks, report.binding)],
    ...ledgerShareLine(report),
    ...statusLines(report),
  ];
  return lines.map(([word, text]) => ({ cells: [{ text: word, style: 'heading' }, text] }));
}

/** `NVIDIA H100 (discrete-gpu), 79.6 GiB, Vulkan 1.3.277, driver 550.54, at 0000:01:00.0`. */
export function describeDevice(device: DeviceInfo): string {
  const memoryBytes = device.memoryHeaps
    .filter(({ deviceLocal }) => deviceLocal)
    .reduce((sum, { bytes }) => sum + bytes, 0);
  const { name, info } = device.driver;
  const driver = [name, info]
    .flatMap((part) => (part.available && part.value !== '' ? [part.value] : []))
    .join(' ');
  const parts = [
    `${device.name} (${device.type})`,
    `${formatBytes(memoryBytes)} of device-local memory`,
    `Vulkan ${device.apiVersion}`,
    ...(driver === '' ? [] : [`driver ${driver}`]),
    ...(device.pciAddress.available ? [`at ${device.pciAddress.value}`] : []),
  ];
  return parts.join(', ');
}

function deviceLine(device: Available<DeviceInfo>): Painted {
  if (!device.available) return { text: `unknown: ${device.reason}`, style: 'caution' };
  if (!device.value.software) return describeDevice(device.value);
  return { text: `SOFTWARE DEVICE, no GPU: ${describeDevice(device.value)}`, style: 'caution' };
}

/** `KVM, made by Firecracker; no container; GPU: passthrough, a whole device given to this guest (likely)`. */
function machineLine({ machine, attachment }: Report): Painted {
  if (!machine.available) return { text: `unknown: ${machine.reason}`, style: 'quiet' };
  const { virtualization, container } = machine.value;
  const contradictions = virtualization.contradictions.length + container.contradictions.length;
  const parts = [
    hypervisorText(virtualization),
    containerText(container.container),
    `device: ${attachment.available ? attachedText(attachment.value) : 'attached in an unknown way'}`,
    ...(contradictions === 0 ? [] : ['signs contradict each other: see guestmark system']),
  ];
  return parts.join('; ');
}

function hypervisorText({ virtual, hypervisor, monitor }: SystemInfo['virtualization']): string {
  if (virtual.available && !virtual.value) return 'no hypervisor';
  if (!hypervisor.available) return `hypervisor unknown (${hypervisor.reason})`;
  const named = `${hypervisor.value.name}${notCertain(hypervisor.confidence)}`;
  return monitor.available
    ? `${named}, made by ${monitor.value.name}${notCertain(monitor.confidence)}`
    : named;
}

function containerText(container: SystemInfo['container']['container']): string {
  if (!container.available) return `container unknown (${container.reason})`;
  const { value, confidence } = container;
  return value.id === 'none' ? 'no container' : `in ${value.name}${notCertain(confidence)}`;
}

function attachedText({ kind }: GpuAttachment): string {
  if (!kind.available) return `attached in an unknown way (${kind.reason})`;
  return `${ATTACHMENT_WORDS[kind.value]}${notCertain(kind.confidence)}`;
}

function notCertain(confidence: Confidence): string {
  return confidence === 'certain' ? '' : ` (${confidence})`;
}

function clocksLines(clocks: Available<ClocksRecord>): readonly (readonly [string, Painted])[] {
  if (!clocks.available) return [['timing', { text: `unknown: ${clocks.reason}`, style: 'caution' }]];
  const { tier, tierTitle, tierReason, stealBound } = clocks.value;
  return [
    ['timing', `tier ${tier}, ${tierTitle}: ${tierReason}`],
    ['stolen', stealBound],
  ];
}

function costLine(clocks: Available<ClocksRecord>, binding: Available<BindingRecord>): string {
  const emptySubmit = binding.available ? binding.value.emptySubmitCpuNs : binding;
  const own = clocks.available
    ? `snapshot ${formatNs(clocks.value.snapshotCostNs)}, stamp ${formatNs(clocks.value.stampCostNs)}`
    : 'snapshot and stamp unknown';
  return emptySubmit.available
    ? `${own}, empty submit ${formatNs(emptySubmit.value)} of CPU time`
    : `${own}, empty submit unknown (${emptySubmit.reason})`;
}

/** What the ledger costs around the shortest sample, and within the shortest in which it is read too. */
function ledgerShareLine({ clocks, command, results }: Report): readonly (readonly [string, Painted])[] {
  if (!clocks.available || !command.ledger) return [];
  const { snapshotCostNs, briefCostNs } = clocks.value;
  const around = costOf(2 * snapshotCostNs, shortestSample(results));
  const within = costOf(briefCostNs, shortestSample(results.filter(({ kind }) => kind === 'throughput')));
  const parts = [
    ...(around === null ? [] : [`around each sample, outside of its time: ${around}`]),
    ...(within === null ? [] : [`within each throughput sample: ${within}`]),
  ];
  return parts.length === 0 ? [] : [['ledger', parts.join('; ')]];
}

interface Sample {
  readonly id: string;
  readonly wallNs: number;
}

/** `11.9 µs, which is 3 % of the shortest (copy, 400 µs)`. */
function costOf(costNs: number, shortest: Sample | null): string | null {
  if (shortest === null) return null;
  const { id, wallNs } = shortest;
  return `${formatNs(costNs)}, which is ${formatPercent(costNs / wallNs)} of the shortest (${id}, ${formatNs(wallNs)})`;
}

/** The sample of the case whose samples are shortest by their median, which is what the tool disturbs most. */
function shortestSample(results: Report['results']): Sample | null {
  const samples = results.flatMap(({ id, runs }) =>
    sampledRuns(runs).map((run) => ({ id, wallNs: median(run.samples.wallNs) })),
  );
  return samples.reduce<Sample | null>(
    (least, one) => (least === null || one.wallNs < least.wallNs ? one : least),
    null,
  );
}

function statusLines({ status, statusReason }: Report): readonly (readonly [string, Painted])[] {
  if (status === 'complete') return [];
  return [
    ['status', { text: statusReason === null ? status : `${status}: ${statusReason}`, style: 'caution' }],
  ];
}
