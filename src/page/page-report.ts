// What the page says of a whole report: where it comes from, its warnings, its environment.
import { type Available, valueOrUndefined } from '../base/availability.ts';
import { ATTACHMENT_WORDS } from '../report/attachment-lines.ts';
import type { Report } from '../report/report.ts';
import type { PageReport } from './page-data.ts';
import { environmentFacts } from './page-environment.ts';

/** A report without its cases. */
export function pageReport(report: Report, label: string): PageReport {
  const { device, attachment, clocks } = report;
  return {
    label,
    startedAt: report.startedAt,
    hostname: report.system.hostname,
    device: orNull(device, ({ name }) => name),
    driver: orNull(
      device,
      ({ driver }) => valueOrUndefined(driver.info) ?? valueOrUndefined(driver.name) ?? null,
    ),
    hypervisor: hypervisorText(report),
    attachment:
      attachment.available && attachment.value.kind.available
        ? ATTACHMENT_WORDS[attachment.value.kind.value]
        : null,
    tier: orNull(clocks, ({ tier }) => tier),
    status: report.status,
    runs: report.command.runs,
    warnings: report.warnings,
    environment: environmentFacts(report),
  };
}

/** `KVM, made by Firecracker`, `none`; null where nobody knows. */
function hypervisorText({ machine }: Report): string | null {
  if (!machine.available) return null;
  const { virtual, hypervisor, monitor } = machine.value.virtualization;
  if (virtual.available && !virtual.value) return 'none';
  const [name, maker] = [valueOrUndefined(hypervisor)?.name, valueOrUndefined(monitor)?.name];
  if (name === undefined) return maker ?? (virtual.available ? 'unknown hypervisor' : null);
  return maker === undefined || maker === name ? name : `${name}, made by ${maker}`;
}

function orNull<T, U>(maybe: Available<T>, map: (value: T) => U | null): U | null {
  return maybe.available ? map(maybe.value) : null;
}
