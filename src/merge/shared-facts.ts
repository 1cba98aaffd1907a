// Keeps one copy of what thousands of reports say alike: messages from a thread are copies, text and all.
import type { ReportFacts } from '../evidence/evidence.ts';
import type { FleetNodeState } from './fleet-report.ts';

/** What a report says of its node that others may say as well. */
export type NodeFacts = Omit<
  ReportFacts,
  'path' | 'startedAt' | 'finishedAt' | 'status' | 'hostname' | 'processStartsMs'
>;

/** Gives the one copy of something. */
export interface SharedFacts {
  facts(facts: ReportFacts): NodeFacts;
  state(state: FleetNodeState): FleetNodeState;
  text(text: string): string;
}

/** Begins with nothing. */
export function sharedFacts(): SharedFacts {
  const texts = new Map<string, string>();
  const values = new Map<string, unknown>();
  const text = (value: string): string => {
    const known = texts.get(value);
    if (known === undefined) texts.set(value, value);
    return known ?? value;
  };
  const shared = <T>(value: T): T => {
    const key = JSON.stringify(value);
    const known = values.get(key) as T | undefined;
    if (known === undefined) values.set(key, value);
    return known ?? value;
  };
  return {
    text,
    facts: ({
      path: _,
      startedAt: __,
      finishedAt: ___,
      status: ____,
      hostname: _____,
      processStartsMs: ______,
      ...facts
    }) => shared(facts),
    // Values differ from node to node; reasons why there are none do not.
    state: (state) =>
      Object.fromEntries(
        Object.entries(state).map(([name, value]) => [name, isRepeated(value) ? shared(value) : value]),
      ) as unknown as FleetNodeState,
  };
}

function isRepeated(value: FleetNodeState[keyof FleetNodeState]): boolean {
  return Array.isArray(value) || !(value as { readonly available: boolean }).available;
}
