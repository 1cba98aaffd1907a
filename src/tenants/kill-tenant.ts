// A death in the middle of a phase: one tenant is killed while all sample, another process takes its place, and the others are
// asked to end some time after that. Measures nothing of the others; their samples tell.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LivePhase } from './run-phase.ts';
import { monotonicNs, startTenant, type TenantSurroundings, tenantRun } from './run-tenant.ts';
import type { TenantRequest } from './tenant-request.ts';
import type { KillRecord } from './tenants-report.ts';

/** A planned death. */
export interface PlannedKill {
  /** Place in the group. */
  readonly member: number;
  /** How long is sampled before, and how long after the newcomer is gone, in ns. */
  readonly timeNs: number;
  /** What the newcomer does. */
  readonly newcomer: TenantRequest;
}

/** Kills; null where the user stopped before. */
export async function killTenant(
  { releasedNs, tenants }: LivePhase,
  { member, timeNs, newcomer: request }: PlannedKill,
  around: TenantSurroundings,
): Promise<KillRecord | null> {
  const pause = async (): Promise<void> => {
    await sleep(timeNs / 1e6, undefined, { signal: around.signal }).catch(() => undefined);
  };
  await pause();
  if (around.signal.aborted) return null;
  const killedNs = monotonicNs() - releasedNs;
  tenants[member]?.kill();
  const dead = await tenants[member]?.ended;
  // It waits for nobody: what counts is when its first output was right.
  const newcomer = await startTenant(request, around, (goOn) => goOn()).ended;
  await pause();
  for (const tenant of tenants) tenant.stop();
  return {
    member,
    killedNs,
    goneNs: (dead?.goneNs ?? 0) - releasedNs,
    newcomer: tenantRun(newcomer, releasedNs),
    newcomerGoneNs: newcomer.goneNs - releasedNs,
  };
}
