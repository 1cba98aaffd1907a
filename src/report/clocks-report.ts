// What `guestmark clocks --json` prints: the census of the clocks with the tool and the time. Types only;
// schema-clocks.ts holds the matching validator.
import type { ClockCensus } from '../timing/clock-census.ts';

/** Major changes when old readers would misread it, minor when fields are added. */
export const CLOCKS_SCHEMA_VERSION = '1.0';

/** The clocks of a machine. */
export interface ClocksReport extends ClockCensus {
  readonly schema: 'guestmark-clocks';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly startedAt: string;
}
