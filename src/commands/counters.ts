// `guestmark counters`: every counter that this machine has, what it says and how far it moves in a moment; and why others
// are not here. Read in a process of its own, because libraries of vendors are loaded for it.
import { takeCountersInChild } from '../isolation/take-counters.ts';
import { COUNTERS_SCHEMA_VERSION, type CountersReport } from '../report/counters-report.ts';
import { countersTable } from '../report/counters-table.ts';
import { chooseCounters } from './choose-counters.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** The options of the command, complete and checked. */
export interface CountersOptions {
  /** Groups or counters, with `*`; all of them where there is none. */
  readonly patterns: readonly string[];
  readonly spanNs: number;
  readonly all: boolean;
  readonly json: boolean;
}

/** Runs the command. */
export async function countersCommand(
  { patterns, spanNs, all, json }: CountersOptions,
  terminal: Terminal,
  untilInterrupted: () => AbortSignal,
): Promise<number> {
  const startedAt = new Date().toISOString();
  const signal = untilInterrupted();
  const taken = chooseCounters(await takeCountersInChild(spanNs, signal, patterns), patterns);
  const report: CountersReport = {
    schema: 'guestmark-counters',
    schemaVersion: COUNTERS_SCHEMA_VERSION,
    tool: toolRecord(),
    startedAt,
    ...taken,
  };
  const { width, color } = terminal;
  terminal.print(json ? JSON.stringify(report, null, 2) : countersTable(report, { width, color, all }));
  return signal.aborted ? EXIT.interrupted : EXIT.ok;
}
