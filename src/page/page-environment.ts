// The facts of a report's machine that a reader of its figures asks for, each with the sign that says so. What nobody knows
// keeps its reason. Names facts; finds nothing out.
import type { Available } from '../base/availability.ts';
import { formatBytes, formatNs } from '../base/units.ts';
import { attachmentText } from '../report/attachment-lines.ts';
import type { Report } from '../report/report.ts';
import type { Finding } from '../virt/finding.ts';
import type { SystemInfo } from '../virt/system-info.ts';
import type { PageReport } from './page-data.ts';

type Fact = PageReport['environment'][number];

/** Facts in the order in which they are read: device, virtualization, clocks, kernel, CPU, memory. */
export function environmentFacts(report: Report): readonly Fact[] {
  const { device, binding, clocks, machine, attachment, command } = report;
  return [
    known('device', device, ({ name }) => name),
    known('device type', device, ({ type, software }) => (software ? `${type}, computed by CPUs` : type)),
    known('driver', device, ({ driver }) =>
      [driver.name, driver.info].flatMap((text) => (text.available ? [text.value] : [])).join(' '),
    ),
    known('Vulkan', device, ({ apiVersion }) => apiVersion),
    known('attachment', attachment, attachmentText),
    ...(machine.available ? machineFacts(machine.value) : [known('machine', machine, () => '')]),
    known(
      'tier',
      clocks,
      ({ tier, tierTitle }) => `${tier}, ${tierTitle}`,
      (c) => c.tierReason,
    ),
    known('bound of steal', clocks, ({ stealBound }) => stealBound),
    known('clock of the device on', clocks.available ? clocks.value.calibratedClock : clocks, (name) => name),
    known('native calls', binding, ({ requested, library }) => `${requested}, ${library}`),
    plain('command', `guestmark ${command.argv.join(' ')}`),
    plain('runs, seed', `${command.runs}, ${command.seed}`),
    plain('waiting', `${command.wait}, bound to CPU: ${command.pin}`),
    ...Object.entries(report.system.driverVariables).map(([name, value]) => plain(name, value)),
  ];
}

function machineFacts({
  virtualization,
  container,
  kernel,
  cpu,
  memory,
  exitCost,
}: SystemInfo): readonly Fact[] {
  const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
  return [
    found('hypervisor', virtualization.hypervisor, ({ name }) => name),
    found('made by', virtualization.monitor, ({ name }) => name),
    found('nested', virtualization.nested, yesNo),
    found('steal clock', virtualization.stealClock, yesNo),
    found('stable clock', virtualization.stableClock, yesNo),
    found('cloud', virtualization.cloud, ({ provider, product }) =>
      [provider, product].filter(Boolean).join(' '),
    ),
    found('confidential', virtualization.confidential, (text) => text),
    found('cost of an exit', exitCost, ({ medianNs }) => `${formatNs(medianNs)} a CPUID`),
    found('container', container.container, ({ name }) => name),
    found('CPU quota', container.cpuQuota, (cpus) => `${cpus} CPUs`),
    found('kernel', kernel.release, (text) => text),
    found('distribution', kernel.distribution, (text) => text),
    found('clock source', kernel.clocksource, (text) => text),
    found('steal accounting', kernel.paravirtTimeAccounting, yesNo),
    found('CPU', cpu.model, (text) => text),
    found('logical CPUs', cpu.logicalCpus, String),
    found('invariant TSC', cpu.invariantTsc, yesNo),
    found('frequency governor', cpu.frequencyGovernor, (text) => text),
    found('memory', memory.totalBytes, formatBytes),
  ];
}

function found<T>(label: string, finding: Finding<T>, text: (value: T) => string): Fact {
  if (!finding.available) return { label, value: '–', source: finding.reason, confidence: null };
  return { label, value: text(finding.value), source: finding.source, confidence: finding.confidence };
}

function known<T>(
  label: string,
  value: Available<T>,
  text: (value: T) => string,
  source: (value: T) => string | null = () => null,
): Fact {
  if (!value.available) return { label, value: '–', source: value.reason, confidence: null };
  return { label, value: text(value.value), source: source(value.value), confidence: null };
}

function plain(label: string, value: string): Fact {
  return { label, value, source: null, confidence: null };
}
