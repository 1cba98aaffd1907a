// What is told of a node by all of its reports: who it is, in which state, and what it may be compared with.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { KeptReport } from './collect-reports.ts';
import type { FleetNode, FleetNodeState } from './fleet-report.ts';
import type { FleetColumns, FleetKinds } from './judge-fleet.ts';
import type { PlacedNode } from './place-nodes.ts';
import { FLEET_METRICS } from './report-summary.ts';

/** Describes a node; what its reports do not agree on is told as in the first. */
export function fleetNode({ name, reports }: PlacedNode, measured: number): FleetNode {
  const { facts, hostname } = reports[0] as KeptReport;
  const { device, driver, hypervisor, attachment, linuxRelease, toolVersion } = facts;
  return {
    name,
    hostname: hostname === null ? unavailable('its report does not tell it') : available(hostname),
    ...{ device, driver, hypervisor, attachment, linuxRelease, toolVersion },
    reports: reports.map(({ path }) => path),
    measured,
    failed: new Set(reports.flatMap(({ failures }) => [...failures.keys()])).size,
    state: stateOf(reports.map(({ state }) => state)),
  };
}

function stateOf(states: readonly FleetNodeState[]): FleetNodeState {
  const [first] = states;
  if (states.length === 1 && first !== undefined) return first;
  const over = (
    pick: (state: FleetNodeState) => Available<number>,
    of: (values: readonly number[]) => number,
  ) => pooled(states.map(pick), of);
  const least = (values: readonly number[]): number => Math.min(...values);
  return {
    computeClockHz: over(({ computeClockHz }) => computeClockHz, mean),
    throttleReasons: [...new Set(states.flatMap(({ throttleReasons }) => throttleReasons))],
    eccErrors: over(({ eccErrors }) => eccErrors, sum),
    linkWidth: over(({ linkWidth }) => linkWidth, least),
    linkGtps: over(({ linkGtps }) => linkGtps, least),
    stealShare: pooled(
      states.map(({ stealShare }) => stealShare),
      (shares) => ({ low: mean(shares.map(({ low }) => low)), high: mean(shares.map(({ high }) => high)) }),
    ),
    runQueueShare: over(({ runQueueShare }) => runQueueShare, mean),
    throttledShare: over(({ throttledShare }) => throttledShare, mean),
    exitCostNs: over(({ exitCostNs }) => exitCostNs, mean),
  };
}

/** Of those that are known; where none is, the first reason. */
function pooled<T, U>(all: readonly Available<T>[], of: (values: readonly T[]) => U): Available<U> {
  const values = all.flatMap((one) => (one.available ? [one.value] : []));
  const reason = all.find((one) => !one.available);
  if (values.length > 0) return available(of(values));
  return reason?.available === false ? reason : unavailable('no report tells it');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** How many cases each node has a time of. */
export function measuredCases(columns: FleetColumns, nodes: number): Uint32Array {
  const counts = new Uint32Array(nodes);
  for (const ofCase of columns) {
    for (let node = 0; node < nodes; node++) {
      if (ofCase.some((column) => !Number.isNaN(column[node] as number)))
        counts[node] = (counts[node] as number) + 1;
    }
  }
  return counts;
}

/**
 * Which nodes may be compared: those with the same device, and, where the time is of the guest's CPUs as well, with the same CPU
 * beside it.
 */
export function kindsOf(nodes: readonly PlacedNode[]): FleetKinds {
  const byDevice = grouped(nodes, ({ facts }) => (facts.software ? cpuAndDevice(facts) : deviceName(facts)));
  const byBoth = grouped(nodes, ({ facts }) => cpuAndDevice(facts));
  return FLEET_METRICS.map((metric) => (metric === 'gpuTime' ? byDevice : byBoth));
}

function deviceName({ device }: KeptReport['facts']): string {
  return device.available ? device.value : '';
}

function cpuAndDevice(facts: KeptReport['facts']): string {
  const { cpuModel, cpuCount } = facts;
  return JSON.stringify([deviceName(facts), cpuModel.available ? cpuModel.value : null, cpuCount]);
}

function grouped(
  nodes: readonly PlacedNode[],
  keyOf: (report: KeptReport) => string,
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [node, { reports }] of nodes.entries()) {
    const key = keyOf(reports[0] as KeptReport);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [node]);
    else known.push(node);
  }
  return [...groups.values()];
}
