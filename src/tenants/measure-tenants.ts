// A whole measurement: rounds of groups, one after the other, each alone before each together, so that what changes slowly meets
// all of them alike. Tells of each round; prints nothing and saves nothing.
import { availableParallelism } from 'node:os';
import { type Available, available, mapAvailable, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import type { SessionRecord } from '../isolation/protocol.ts';
import type { Case } from '../suite/case-id.ts';
import type { DeviceInfo } from '../vulkan/device-info.ts';
import { groupFigures } from './group-figures.ts';
import { killTenant } from './kill-tenant.ts';
import { type PhasePlan, runPhase } from './run-phase.ts';
import type { TenantSurroundings } from './run-tenant.ts';
import type { Scenes } from './scenario.ts';
import { type TenantRequest, type TenantSources, tenantRequest } from './tenant-request.ts';
import {
  type Group,
  type Phase,
  TENANTS_SCHEMA_VERSION,
  type TenantsDevice,
  type TenantsReport,
} from './tenants-report.ts';

/** What is measured. */
export interface TenantsRequest extends TenantSources {
  readonly tool: TenantsReport['tool'];
  readonly scenes: Scenes;
}

/** Where the measurement stands. */
export interface TenantsProgress {
  readonly round: number;
  readonly rounds: number;
  /** Counted from 1, of all groups of a round. */
  readonly step: number;
  readonly steps: number;
  readonly group: Group;
  readonly stage: 'gathering' | 'sampling';
}

/** What is told; measuring goes on when it returns. */
export interface TenantsListener {
  readonly onProgress?: (progress: TenantsProgress) => void;
  /** A round is over. */
  readonly onReport?: (report: TenantsReport) => void;
  readonly onTrouble: (message: string) => void;
}

/** Where it is measured. */
export type TenantsAround = Pick<TenantSurroundings, 'environment' | 'signal'>;

/**
 * Measures all rounds, or until the user stops.
 *
 * @throws GuestmarkError where the first process cannot open its device; the listener was told nothing then.
 */
export async function measureTenants(
  request: TenantsRequest,
  listener: TenantsListener,
  around: TenantsAround,
): Promise<TenantsReport> {
  const state: State = { phases: [], validation: [], session: null };
  const startedAt = new Date().toISOString();
  const reportAs = (status: TenantsReport['status']): TenantsReport =>
    reportOf(request, { ...state, startedAt, status });
  const { rounds } = request.command;
  for (let round = 1; round <= rounds && !around.signal.aborted; round++) {
    await oneRound(request, round, { listener, around, state });
    if (round < rounds) listener.onReport?.(reportAs('running'));
  }
  return reportAs(around.signal.aborted ? 'partial' : 'complete');
}

interface State {
  readonly phases: Phase[];
  readonly validation: string[];
  /** What the first process found; every later one must find the same. */
  session: SessionRecord | null;
}

interface Context {
  readonly listener: TenantsListener;
  readonly around: TenantsAround;
  readonly state: State;
}

async function oneRound(request: TenantsRequest, round: number, context: Context): Promise<void> {
  const { listener, around, state } = context;
  const { groups } = request.scenes;
  for (const [index, group] of groups.entries()) {
    if (around.signal.aborted) return;
    const place = { round, rounds: request.command.rounds, step: index + 1, steps: groups.length, group };
    const surroundings: TenantSurroundings = {
      ...around,
      first: state.session,
      openLimitNs: Math.min(request.command.timeoutNs, MOST_OPENING_NS),
      onMessage: (kind, message) =>
        kind === 'validation' ? state.validation.push(message) : listener.onTrouble(message),
    };
    const plan = planOf(request, { round, index, group, session: state.session }, surroundings);
    const outcome = await runPhase(plan, surroundings, (stage) => listener.onProgress?.({ ...place, stage }));
    state.session ??= outcome.session;
    // Nobody stopped, and the first process opened nothing: it would have thrown otherwise.
    if (state.session === null && !around.signal.aborted)
      throw new GuestmarkError('environment', 'Cannot measure tenants: the first process opened no device');
    state.phases.push(outcome.phase);
  }
}

/** Drivers of GPUs that were asleep take seconds to load; longer is a hang. */
const MOST_OPENING_NS = 60e9;

interface Place {
  readonly round: number;
  /** Of the group. */
  readonly index: number;
  readonly group: Group;
  readonly session: SessionRecord | null;
}

/** A newcomer may take so long to start, and the others must outlast it. */
const NEWCOMER_NS = 10e9;
/** Enough for a result. */
const NEWCOMER_SPAN_NS = 10e6;

function planOf(
  request: TenantsRequest,
  { round, index, group, session }: Place,
  surroundings: TenantSurroundings,
): PhasePlan {
  const { command, scenes } = request;
  const requestFor = (caseId: string, spanNs: number): TenantRequest =>
    tenantRequest(request, scenes.cases.get(caseId) as Case, {
      round,
      spanNs,
      verdict: session?.verdict ?? null,
    });
  const member = group.members.findIndex(({ role }) => role === 'killed');
  const spanNs = member < 0 ? command.timeNs : 2 * command.timeNs + NEWCOMER_NS;
  const plan = {
    round,
    group: index,
    requests: group.members.map(({ caseId }) => requestFor(caseId, spanNs)),
    timeoutNs: command.timeoutNs,
  };
  if (member < 0) return plan;
  const newcomer = requestFor(group.members[member]?.caseId ?? '', NEWCOMER_SPAN_NS);
  const { timeNs } = command;
  return { ...plan, meanwhile: (live) => killTenant(live, { member, timeNs, newcomer }, surroundings) };
}

type Stand = Omit<State, 'session'> & Pick<State, 'session'> & Pick<TenantsReport, 'startedAt' | 'status'>;

function reportOf(
  { tool, command, scenes }: TenantsRequest,
  { phases, validation, session, startedAt, status }: Stand,
): TenantsReport {
  const opened: Available<SessionRecord> =
    session === null ? unavailable('no process opened a device') : available(session);
  const { groups } = scenes;
  return {
    schema: 'guestmark-tenants',
    schemaVersion: TENANTS_SCHEMA_VERSION,
    tool,
    startedAt,
    status,
    command,
    cpuCount: availableParallelism(),
    device: mapAvailable(opened, ({ device }) => deviceOf(device)),
    tier: mapAvailable(opened, ({ verdict }) => verdict.tier),
    groups,
    phases: [...phases],
    validation: [...validation],
    figures: groupFigures({ groups, phases, command }),
  };
}

function deviceOf({ name, driver, software }: DeviceInfo): TenantsDevice {
  const words = [driver.name, driver.info].flatMap((one) => (one.available ? [one.value] : []));
  return { name, driver: words.join(' '), software };
}
