// Which reports are of one node: of one machine, as its task or else the report calls it, and of one device of it.
import { basename } from 'node:path';
import type { FleetTask } from '../fleet/fleet-folder.ts';
import type { KeptReport } from './collect-reports.ts';

/** A report with the task that wrote it, where a plan has one. */
export interface PlacedReport {
  readonly report: KeptReport;
  readonly task: FleetTask | null;
}

/** A node with its reports. */
export interface PlacedNode {
  /** Unique in the fleet. */
  readonly name: string;
  readonly reports: readonly KeptReport[];
}

/** The nodes in the order in which they first appear. */
export function placeNodes(reports: readonly PlacedReport[]): readonly PlacedNode[] {
  const machines = new Map<string, Map<string, KeptReport[]>>();
  for (const { report, task } of reports) {
    const machine = task?.node ?? report.hostname ?? basename(report.path);
    const devices = machines.get(machine) ?? new Map<string, KeptReport[]>();
    machines.set(machine, devices);
    const known = devices.get(report.deviceKey);
    if (known === undefined) devices.set(report.deviceKey, [report]);
    else known.push(report);
  }
  return [...machines].flatMap(([machine, devices]) =>
    [...devices].map(([device, those]) => ({
      name: devices.size === 1 ? machine : `${machine} GPU ${device}`,
      reports: those,
    })),
  );
}
