// One group in one round: its tenants are started, gathered, let go at once, and waited for. Whatever one of them does, the
// others come to their end.
import type { SessionRecord } from '../isolation/protocol.ts';
import { failedRun } from '../isolation/unmeasured-run.ts';
import type { Failure } from '../suite/case-run.ts';
import { gather, type Release } from './gather.ts';
import {
  type EndedTenant,
  INTERRUPTED,
  monotonicNs,
  startTenant,
  type Tenant,
  type TenantSurroundings,
  tenantRun,
} from './run-tenant.ts';
import { sharedWindow } from './shared-window.ts';
import type { TenantRequest } from './tenant-request.ts';
import type { KillRecord, Phase, TenantRun } from './tenants-report.ts';

/** What is run. */
export interface PhasePlan {
  readonly round: number;
  /** Place in the report's groups. */
  readonly group: number;
  /** One for each member. */
  readonly requests: readonly TenantRequest[];
  /** How long a tenant may take to be ready. */
  readonly timeoutNs: number;
  /** Called when all were let go; what it gives is written down with the phase. */
  readonly meanwhile?: (phase: LivePhase) => Promise<KillRecord | null>;
}

/** A phase whose tenants sample. */
export interface LivePhase {
  readonly releasedNs: number;
  readonly tenants: readonly Tenant[];
}

/** What a phase was, and what its first process found. */
export interface PhaseOutcome {
  readonly phase: Phase;
  readonly session: SessionRecord | null;
}

/**
 * Runs a phase.
 *
 * @param onStage Told before and after the tenants were let go; measuring waits for it.
 * @throws GuestmarkError where the first process of the report cannot open its device.
 */
export async function runPhase(
  plan: PhasePlan,
  around: TenantSurroundings,
  onStage: (stage: 'gathering' | 'sampling') => void = () => undefined,
): Promise<PhaseOutcome> {
  const { requests, timeoutNs, round, group } = plan;
  onStage('gathering');
  const startNs = monotonicNs();
  // A device that does not open is said by its own limit.
  const limits = { limitNs: timeoutNs + OPENING_FIRST_NS, signal: around.signal, now: monotonicNs };
  const gathering = gather(requests.length, limits);
  const tenants = requests.map((request, member) =>
    startTenant(request, around, (goOn) => gathering.arrive(member, goOn)),
  );
  const ends = Promise.all(tenants.map(({ ended }, member) => ended.finally(() => gathering.leave(member))));
  // Its failure is that of the phase, also where it comes before the release.
  ends.catch(() => undefined);
  const release = await gathering.released;
  for (const member of release.late) tenants[member]?.kill();
  onStage('sampling');
  const isWhole = release.met.length === requests.length && !around.signal.aborted;
  const live = { releasedNs: release.atNs, tenants };
  const kill = isWhole ? ((await plan.meanwhile?.(live)) ?? null) : null;
  const ended = (await ends).map((one, member) =>
    release.late.includes(member) ? left(one, release, timeoutNs) : one,
  );
  const runs = ended.map((one) => tenantRun(one, releaseNs(release)));
  return {
    phase: phaseOf({ round, group, runs, kill, release, startNs }),
    session: ended[0]?.session ?? null,
  };
}

/** So much later: of two timers the right one fires first. */
const OPENING_FIRST_NS = 1e9;

function releaseNs({ met, atNs }: Release): number | null {
  return met.length > 0 ? atNs : null;
}

/** It was ended because the others went without it, or because the user stopped: that is why it died. */
function left(ended: EndedTenant, { isStopped }: Release, timeoutNs: number): EndedTenant {
  const failure = isStopped ? INTERRUPTED : lateFailure(timeoutNs);
  return { ...ended, caseRun: failedRun(ended.caseRun.run, failure), span: null };
}

function lateFailure(timeoutNs: number): Failure {
  return {
    kind: 'timeout',
    message: `Cannot let the tenant take part: it was not ready within ${timeoutNs / 1e9} s, and the others went on without it`,
    hint: 'a longer --timeout gives it more time, a smaller case takes less',
  };
}

interface PhaseParts extends Pick<Phase, 'round' | 'group' | 'kill'> {
  readonly runs: readonly TenantRun[];
  readonly release: Release;
  readonly startNs: number;
}

/** Where one was killed, the others have a window of their own: from the start to the kill. */
function phaseOf({ round, group, kill, runs, release, startNs }: PhaseParts): Phase {
  const atNs = releaseNs(release);
  const counting = kill === null ? runs : runs.filter((_, member) => member !== kill.member);
  const window = sharedWindow(counting);
  return {
    ...{ round, group, kill },
    gatheredAfterNs: atNs === null ? null : atNs - startNs,
    window:
      kill === null || !window.available
        ? window
        : { ...window, value: { ...window.value, endNs: Math.min(window.value.endNs, kill.killedNs) } },
    tenants: runs,
  };
}
