// What tells the figures of one report from those of another: device, driver, machine, when. Text of a report may hold
// anything; here it becomes one line without control characters, which each format then escapes in its own way.
import type { Available } from '../base/availability.ts';
import { reportFacts } from '../evidence/report-facts.ts';
import { printable } from '../report/display-width.ts';
import type { Report } from '../report/report.ts';

/** The columns that say of a row which file it is of, who measured it, and where. */
export const IDENTITY_COLUMNS = [
  'report',
  'started_at',
  'host',
  'device',
  'driver',
  'hypervisor',
  'attachment',
  'tier',
] as const;

/** Texts of one line; null is unknown, and the report says why. */
export interface ReportIdentity {
  readonly startedAt: string;
  readonly toolVersion: string;
  readonly host: string | null;
  readonly device: string | null;
  readonly pciAddress: string | null;
  /** Name and version. */
  readonly driver: string | null;
  /** `KVM, made by Firecracker`; `none` on bare metal. */
  readonly hypervisor: string | null;
  /** `passthrough`; `vgpu, profile A100-40C`. */
  readonly attachment: string | null;
  /** How far steal can be known: `A` to `E`. */
  readonly tier: string | null;
  /** `nvk`, `koffi`, or `auto: nvk and koffi`. */
  readonly binding: string | null;
}

/** Who and where. */
export function reportIdentity(report: Report): ReportIdentity {
  const facts = reportFacts(report, '');
  const { device } = report;
  return {
    startedAt: oneLine(report.startedAt),
    toolVersion: oneLine(facts.toolVersion),
    host: textOf(facts.hostname),
    device: textOf(facts.device),
    pciAddress: device.available ? textOf(device.value.pciAddress) : null,
    driver: textOf(facts.driver),
    hypervisor: textOf(facts.hypervisor),
    attachment: textOf(facts.attachment),
    tier: textOf(facts.tier),
    binding: textOf(facts.binding),
  };
}

/**
 * Text without control characters, line breaks or halves of characters: what is written as UTF-8 is then what was compared
 * before.
 */
export function oneLine(text: string): string {
  return printable(text).replace(/\p{Surrogate}|[\u2028\u2029]/gu, '\ufffd');
}

function textOf(maybe: Available<string>): string | null {
  return maybe.available ? oneLine(maybe.value) : null;
}
