// The tests of the nodes of a fleet as they are made, before any is corrected. Types only.
import type { FleetFinding } from './fleet-report.ts';

/** One test of a node that did not give p = 1. */
export interface NodeTest extends Pick<FleetFinding, 'case' | 'metric' | 'ratio'> {
  readonly p: number;
}

/** The tests of the nodes: those that may lead to something, and the number of all. */
export interface NodeTests {
  readonly told: readonly NodeTest[][];
  /** Of cases, and of all cases together. */
  readonly counts: readonly { cases: number; overall: number }[];
}
