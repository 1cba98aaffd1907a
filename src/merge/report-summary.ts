// What a report says of its node, small: medians and means in place of samples, so that ten thousand fit into memory. Types only;
// summarize-report.ts makes it of a report, in a thread of its own.
import type { RefusedFile, ReportFacts } from '../evidence/evidence.ts';
import type { FleetCase, FleetMetricId, FleetNodeState } from './fleet-report.ts';

/** The metrics, in the order in which they are kept. */
export const FLEET_METRICS: readonly FleetMetricId[] = ['gpuTime', 'wallTime', 'correctedWallTime'];

/** One case of a report. */
export interface CaseSummary
  extends Pick<FleetCase, 'id' | 'benchmark' | 'axes' | 'kind' | 'category' | 'rate'> {
  /** The medians of its runs by metric, in ns of one iteration, in the order of {@link FLEET_METRICS}. */
  readonly runMedians: readonly (readonly number[])[];
  /** Why it was not measured; null where it was. */
  readonly failure: string | null;
}

/** One report. */
export interface ReportSummary {
  readonly facts: ReportFacts;
  /** Which of the devices of its machine: a PCI address, a UUID, a name. */
  readonly deviceKey: string;
  readonly status: 'complete' | 'partial' | 'running';
  readonly statusReason: string | null;
  readonly cases: readonly CaseSummary[];
  readonly state: FleetNodeState;
}

/** A file, read: one of the two is null. */
export interface ReadSummary {
  readonly summary: ReportSummary | null;
  readonly refused: RefusedFile | null;
}
