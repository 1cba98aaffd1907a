// `guestmark clocks`: what every clock of this machine costs and how far it can be trusted. Needs no device
// and loads no Vulkan.
import { loadPart } from '../base/load-part.ts';
import { CLOCKS_SCHEMA_VERSION, type ClocksReport } from '../report/clocks-report.ts';
import { clocksTable } from '../report/clocks-table.ts';
import { takeClockCensus } from '../timing/clock-census.ts';
import type { PinChoice } from '../timing/pinning.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { toolRecord } from './tool-record.ts';

/** The options of the command, complete and checked. */
export interface ClocksOptions {
  /** The least span over which clocks are compared. */
  readonly spanNs: number;
  /** The CPU to measure on. */
  readonly pin: PinChoice;
  readonly json: boolean;
}

/** Runs the command. */
export async function clocksCommand(
  options: ClocksOptions,
  terminal: Terminal,
  untilInterrupted: () => AbortSignal,
): Promise<number> {
  const startedAt = new Date().toISOString();
  const { spanNs, pin } = options;
  let signal: AbortSignal | undefined;
  // Only the wait can be cut short: before it there is nothing to keep yet.
  const whileWaiting = (): AbortSignal => {
    signal = untilInterrupted();
    return signal;
  };
  const census = await takeClockCensus({ spanNs, pin, whileWaiting });
  const done = signal?.aborted === true ? EXIT.interrupted : EXIT.ok;
  if (!options.json) {
    terminal.print(clocksTable(census, { width: terminal.width, color: terminal.color }));
    return done;
  }
  const report: ClocksReport = {
    schema: 'guestmark-clocks',
    schemaVersion: CLOCKS_SCHEMA_VERSION,
    tool: toolRecord(),
    startedAt,
    ...census,
  };
  terminal.print(JSON.stringify(report, null, 2));
  return (await isValid(report, terminal)) ? done : EXIT.internal;
}

/** Checks the report against its own schema; one that does not fit is printed, and called a defect. */
async function isValid(report: ClocksReport, terminal: Terminal): Promise<boolean> {
  const { clocksSchema } = await loadPart(import('../report/schema-clocks.ts'));
  const { error } = clocksSchema.safeParse(JSON.parse(JSON.stringify(report)));
  if (error !== undefined) terminal.note(`guestmark: Cannot check the clocks report: ${error.message}`);
  return error === undefined;
}
