// What may make two reports incomparable, in words, taken from one report: where it was measured, with what, and how. States
// only what the report says; what makes a difference is judged by those who compare.
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import type { Report } from '../report/report.ts';
import type { GpuAttachment } from '../virt/gpu-attachment.ts';
import type { SystemInfo } from '../virt/system-info.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import type { ReportFacts } from './evidence.ts';

/** The facts of a report that lies at `path`. */
export function reportFacts(report: Report, path: string): ReportFacts {
  const { device, system, clocks, attachment } = report;
  return {
    path,
    producer: 'guestmark',
    toolVersion: report.tool.version,
    startedAt: available(report.startedAt),
    finishedAt: report.finishedAt === null ? unavailable(unfinished(report)) : available(report.finishedAt),
    status: report.status,
    hostname: available(system.hostname),
    device: mapAvailable(device, ({ name }) => name),
    software: device.available && device.value.software,
    driver: device.available ? driverText(device.value.driver) : device,
    binding: mapAvailable(report.binding, bindingText),
    tier: mapAvailable(clocks, ({ tier }) => tier),
    hypervisor: hypervisorText(report),
    attachment: attachment.available ? attachmentText(attachment.value) : attachment,
    linuxRelease: available(system.linuxRelease),
    cpuModel: system.cpuModel,
    cpuCount: system.cpuCount,
    settings: settingsOf(report),
    powerLimitWatts: powerLimit(report),
    processStartsMs: report.processes.map(({ startedAt }) => Date.parse(startedAt)).filter(Number.isFinite),
  };
}

function unfinished({ statusReason }: Report): string {
  return statusReason === null
    ? 'the run had not ended when it was written'
    : `the run had not ended: ${statusReason}`;
}

/** `NVIDIA 550.54`; the undecoded version where the driver does not describe itself. */
function driverText({ name, info, version }: DeviceInfo['driver']): Available<string> {
  const parts = [name, info].flatMap((part) => (part.available && part.value !== '' ? [part.value] : []));
  return available(parts.length === 0 ? `version ${version}` : parts.join(' '));
}

/** `nvk`, `koffi`, or, where both were used, `auto: nvk and koffi`. */
function bindingText({
  requested,
  timedCalls,
}: {
  requested: string;
  timedCalls: Readonly<Record<string, string>>;
}): string {
  const used = [...new Set(Object.values(timedCalls))].sort().reverse().join(' and ');
  return used === '' || used === requested ? requested : `${requested}: ${used}`;
}

/** `KVM, made by Firecracker`, or `none`. */
function hypervisorText({ machine, system }: Report): Available<string> {
  if (machine.available) return virtualizationText(machine.value.virtualization);
  if (!system.hypervisorPresent.available) return machine;
  return system.hypervisorPresent.value
    ? unavailable(`there is one, and which is not known: ${machine.reason}`)
    : available('none');
}

function virtualizationText({
  virtual,
  hypervisor,
  monitor,
}: SystemInfo['virtualization']): Available<string> {
  if (virtual.available && !virtual.value) return available('none');
  if (!hypervisor.available) return unavailable(hypervisor.reason);
  const { name } = hypervisor.value;
  return available(monitor.available ? `${name}, made by ${monitor.value.name}` : name);
}

/** `passthrough`, or `vgpu, profile A100-40C`. */
function attachmentText({ kind, profile }: GpuAttachment): Available<string> {
  if (!kind.available) return unavailable(kind.reason);
  return available(profile.available ? `${kind.value}, profile ${profile.value}` : kind.value);
}

/** What changes times. Names of variables are another's choice: they are own properties, whatever they are called. */
function settingsOf({ command, queueFamilyIndex, system }: Report): Readonly<Record<string, string>> {
  const onOff = (is: boolean): string => (is ? 'on' : 'off');
  return Object.fromEntries([
    ...Object.entries(system.driverVariables),
    ['wait', command.wait],
    ['pin', String(command.pin)],
    ['ledger', onOff(command.ledger)],
    ['stalls', onOff(command.stalls)],
    ['validate', onOff(command.validate)],
    ['counters', command.counters],
    ['verify', command.verify],
    ['robustBufferAccess', onOff(command.robustBufferAccess)],
    ['queueFamily', queueFamilyIndex === null ? 'none' : String(queueFamilyIndex)],
  ]);
}

/** No driver interface that a report is made from tells the limit; throttling by it is in the runs. */
function powerLimit({ device }: Report): Available<number> {
  return device.available && device.value.software
    ? unavailable('a software device has no power limit of its own')
    : unavailable('the report does not tell it');
}
