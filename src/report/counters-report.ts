// What `guestmark counters --json` prints: every counter of this machine with its value and how far it moved while somebody
// waited. Types only.
import type { CountersTaken } from '../counters/take-counters.ts';

/** Major changes when old readers would misread it, minor when fields are added. */
export const COUNTERS_SCHEMA_VERSION = '1.0';

/** The counters of a machine. */
export interface CountersReport extends CountersTaken {
  readonly schema: 'guestmark-counters';
  readonly schemaVersion: string;
  readonly tool: { readonly name: string; readonly version: string; readonly node: string };
  readonly startedAt: string;
}
