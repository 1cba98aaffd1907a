// What `guestmark system` prints: one line a fact, with its evidence. Pure: a description in, text out; finds nothing out
// and judges nothing.
import { formatBytes, formatCount, formatNs } from '../base/units.ts';
import type { Contradiction } from '../virt/evidence.ts';
import { attachmentRows } from './attachment-rows.ts';
import { type Column, type Layout, type Row, renderColumns } from './columns.ts';
import { findingRow, type LabelledFinding, orNone, worded, yesOrNo } from './finding-rows.ts';
import { painter } from './paint.ts';
import type { SystemReport } from './system-report.ts';
import type { TerminalOptions } from './table.ts';

const COLUMNS: readonly Column[] = [{}, { wraps: true }];
const COLUMNS_WITH_SOURCES: readonly Column[] = [{}, { wraps: true }, { wraps: true }];

/** What is shown besides. */
export interface SystemTableOptions extends TerminalOptions {
  /** Where every fact comes from, and every sign that was looked at, one a line. */
  readonly evidence: boolean;
}

type System = SystemReport['system'];
type Described = Pick<SystemReport, 'system' | 'devices'>;

/** Renders a machine; the text ends with a line feed. */
export function systemTable(report: Described, { width, color, evidence }: SystemTableOptions): string {
  const { system } = report;
  const layout: Layout = { width, paint: painter(color) };
  const sections: readonly (readonly [title: string, lines: readonly Line[]])[] = [
    ['virtualization', virtualizationLines(system.virtualization)],
    ['container', containerLines(system.container)],
    ['kernel', kernelLines(system.kernel)],
    ['CPU', cpuLines(system)],
    ['memory', memoryLines(system.memory)],
    ['GPU', [...gpuLines(system.gpus), ...attachmentRows(report.devices)]],
    ...(evidence ? [['evidence', evidenceLines(report)] as const] : []),
    ['contradictions', contradictionLines(report)],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const rows = shown.flatMap(([title, lines], index): readonly Row[] => [
    ...(index === 0 ? [] : [{ cells: [''] }]),
    { cells: [{ text: title, style: 'heading' as const }] },
    ...lines.map((line) => rowOf(line, evidence)),
  ]);
  return `${renderColumns(evidence ? COLUMNS_WITH_SOURCES : COLUMNS, rows, layout).join('\n')}\n`;
}

/** A fact, or what stands beside facts. */
type Line = LabelledFinding | Row;

function rowOf(line: Line, withSources: boolean): Row {
  if ('cells' in line) return line;
  const [label, finding] = line;
  return findingRow([`  ${label}`, finding], withSources);
}

function virtualizationLines(virtualization: System['virtualization']): readonly Line[] {
  const { hypervisor, monitor, cloud, features, signatures } = virtualization;
  return [
    ['virtual machine', yesOrNo(virtualization.virtual)],
    ['hypervisor', worded(hypervisor, ({ name }) => name + privilege(virtualization))],
    ['made by', worded(monitor, ({ name }) => name)],
    ['version', virtualization.version],
    ['vendor string', virtualization.vendorString],
    [
      'CPUID ranges',
      worded(signatures, (all) => orNone(all.map(({ leaf, signature }) => `${leaf} ${signature}`))),
    ],
    ['steal clock offered', yesOrNo(virtualization.stealClock)],
    ['stable clock', yesOrNo(virtualization.stableClock)],
    ['paravirtual spinlocks', yesOrNo(virtualization.pvSpinlocks)],
    ['CPUs never taken away', yesOrNo(virtualization.dedicatedCpus)],
    [
      'features',
      // Meanings are sentences with commas of their own.
      worded(features, (all) =>
        orNone(
          all.filter(({ offered }) => offered).map(({ meaning }) => meaning),
          '; ',
        ),
      ),
    ],
    ['nested', yesOrNo(virtualization.nested)],
    ['can host guests', yesOrNo(virtualization.canHostGuests)],
    ['confidential', virtualization.confidential],
    ['cloud', worded(cloud, cloudText)],
    ['VM generation id', yesOrNo(virtualization.vmGenerationId)],
    ['VM clock', yesOrNo(virtualization.vmClock)],
  ];
}

/** Who has the machine's devices takes itself for no guest. */
function privilege({ evidence }: System['virtualization']): string {
  const by = evidence.find(({ says }) => says.privileged === true)?.says.hypervisor;
  if (by === undefined) return '';
  return by === 'xen' ? ' (this is its privileged domain)' : ' (this is its root partition)';
}

/** Some providers begin their products with their own name. */
function cloudText({ provider, product }: { provider: string; product: string | null }): string {
  if (product === null) return provider;
  return product.startsWith(provider) ? product : `${provider} ${product}`;
}

function containerLines(info: System['container']): readonly Line[] {
  const { container, claims, cpuQuota, throttledNs, throttledPeriods } = info;
  const claimed = claims.map(
    ({ container: id, source, found, verdict, reason }): Row => ({
      cells: [
        '    claimed',
        { text: `${id} by ${source} (${found}), ${verdict}: ${reason}`, style: 'quiet' },
      ],
    }),
  );
  return [
    ['container', worded(container, ({ name }) => name)],
    ...claimed,
    ['scheduler', info.scheduler],
    ['CPU quota', worded(cpuQuota, (cpus) => `${formatCount(cpus)} ${cpus === 1 ? 'CPU' : 'CPUs'}`)],
    ['throttled', worded(throttledNs, formatNs)],
    ['throttled periods', worded(throttledPeriods, formatCount)],
    ['memory limit', worded(info.memoryLimitBytes, formatBytes)],
    ['allowed CPUs', worded(info.allowedCpus, cpuListText)],
  ];
}

/** `0-3,8`, as taskset reads it. */
function cpuListText(cpus: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const cpu of cpus) {
    const last = ranges.at(-1);
    if (last !== undefined && cpu === last[1] + 1) last[1] = cpu;
    else ranges.push([cpu, cpu]);
  }
  return ranges.length === 0
    ? 'none'
    : ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

function kernelLines(kernel: System['kernel']): readonly Line[] {
  return [
    ['release', kernel.release],
    ['distribution', kernel.distribution],
    ['clock source', kernel.clocksource],
    ['other clock sources', worded(kernel.availableClocksources, orNone)],
    ['steal accounting', yesOrNo(kernel.paravirtTimeAccounting)],
    ['interrupt accounting', yesOrNo(kernel.irqTimeAccounting)],
    ['boot parameters', worded(kernel.bootParameters, orNone)],
    ['perf_event_paranoid', worded(kernel.perfEventParanoid, String)],
  ];
}

function cpuLines({ cpu, exitCost }: System): readonly Line[] {
  return [
    ['model', cpu.model],
    ['logical CPUs', worded(cpu.logicalCpus, String)],
    ['sockets', worded(cpu.sockets, String)],
    ['cores per socket', worded(cpu.coresPerSocket, String)],
    ['threads per core', worded(cpu.threadsPerCore, String)],
    ['invariant TSC', yesOrNo(cpu.invariantTsc)],
    ['frequency now', worded(cpu.currentHz, hertz)],
    ['frequency at most', worded(cpu.maximumHz, hertz)],
    ['frequency governor', cpu.frequencyGovernor],
    ['frequency driver', cpu.frequencyDriver],
    ['idle driver', cpu.idleDriver],
    ['idle governor', cpu.idleGovernor],
    [
      'exit cost',
      worded(
        exitCost,
        ({ medianNs, p90Ns, minNs, medianCycles }) =>
          `${formatNs(medianNs)} (${formatCount(Math.round(medianCycles))} cycles) a CPUID, least ${formatNs(minNs)}, p90 ${formatNs(p90Ns)}`,
      ),
    ],
  ];
}

function hertz(value: number): string {
  return `${(value / 1e9).toFixed(2)} GHz`;
}

function memoryLines(memory: System['memory']): readonly Line[] {
  return [
    ['total', worded(memory.totalBytes, formatBytes)],
    ['NUMA nodes', worded(memory.numaNodes, String)],
    ['transparent huge pages', memory.transparentHugePages],
    ['reserved huge pages', worded(memory.reservedHugePages, orNone)],
  ];
}

function gpuLines(gpus: System['gpus']): readonly Line[] {
  if (!gpus.available || gpus.value.length === 0) return [['on the PCI bus', worded(gpus, () => 'none')]];
  return gpus.value.flatMap(({ address, name, driver }): readonly Line[] => [
    [address, { ...gpus, value: name }],
    ['  driver', driver],
  ]);
}

function evidenceLines({ system, devices }: Described): readonly Line[] {
  const signs = system.virtualization.evidence.map(({ source, found, says, confidence, exception }): Row => {
    const words = Object.entries(says).map(([what, value]) => `${what} ${value}`);
    const why = exception === undefined ? '' : `; ${exception}`;
    return signRow(confidence, words.join(', '), `${source}: ${found}${why}`);
  });
  const attachments = devices.available ? devices.value : [];
  return [
    ...signs,
    ...attachments.flatMap(({ index, attachment }) =>
      attachment.evidence.map(({ source, found, says }) =>
        signRow(`device ${index}`, says, `${source}: ${found}`),
      ),
    ),
  ];
}

function signRow(label: string, says: string, source: string): Row {
  return { cells: [`  ${label}`, says, { text: source, style: 'quiet' }] };
}

function contradictionLines({ system, devices }: Described): readonly Line[] {
  const all: readonly Contradiction[] = [
    ...system.virtualization.contradictions,
    ...system.container.contradictions,
    ...(devices.available ? devices.value.flatMap(({ attachment }) => attachment.contradictions) : []),
  ];
  return all.map(
    ({ statement, resolution }): Row => ({
      cells: ['  !', { text: `${statement}; taken: ${resolution}`, style: 'caution' }],
    }),
  );
}
