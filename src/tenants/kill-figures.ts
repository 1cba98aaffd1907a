// What the death of a tenant did to those that lived on, and how soon the device was there for the next one. Pure.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { ValueInterval } from '../stats/ratio-interval.ts';
import { sharedWindow } from './shared-window.ts';
import type { Group, Phase, RecoveryFigures, SurvivorFigures, TenantRun, Window } from './tenants-report.ts';
import { type FigureOptions, overRounds, windowedRuns } from './windowed-runs.ts';

const NO_WINDOW = 'no round had a death between two times in which all others sampled';

/** Of every member that was not to die. */
export function survivorFigures(
  phases: readonly Phase[],
  members: Group['members'],
  options: FigureOptions,
): readonly SurvivorFigures[] {
  return members.flatMap(({ role }, member) => {
    if (role === 'killed') return [];
    const runs = phases.flatMap(({ tenants }) => tenants[member] ?? []);
    const rate = (windowOf: (phase: Phase) => Available<Window>): Available<ValueInterval> =>
      overRounds(
        windowedRuns(phases, member, windowOf).map(({ ratePerSecond }) => ratePerSecond),
        options,
        NO_WINDOW,
      );
    return [
      {
        member,
        rateBefore: rate(({ kill, window }) => (kill === null ? unavailable(NO_WINDOW) : window)),
        rateAfter: rate(windowAfter),
        verifiedRuns: runs.filter(isVerified).length,
        runs: runs.length,
      },
    ];
  });
}

/** Complete, and found right before its samples and after them. */
export function isVerified({ status, verifiedBefore, verifiedAfter, samples }: TenantRun): boolean {
  return status === 'ok' && verifiedBefore > 0 && verifiedAfter > 0 && samples !== null;
}

/** From when the newcomer was gone until the first of the others ended. */
function windowAfter({ kill, tenants }: Phase): Available<Window> {
  if (kill === null) return unavailable(NO_WINDOW);
  const whole = sharedWindow(tenants.filter((_, member) => member !== kill.member));
  if (!whole.available || whole.value.endNs <= kill.newcomerGoneNs) return unavailable(NO_WINDOW);
  return available({ startNs: kill.newcomerGoneNs, endNs: whole.value.endNs });
}

/** How soon another process could work, against what a start takes anyway. */
export function recoveryFigures(
  phases: readonly Phase[],
  alone: readonly Phase[],
  options: FigureOptions,
): RecoveryFigures {
  const kills = phases.flatMap(({ kill }) => kill ?? []);
  const verified = kills.flatMap(({ killedNs, goneNs, newcomer }) =>
    newcomer.status === 'ok' && newcomer.verifiedAfterNs !== null
      ? [goneNs - killedNs + newcomer.verifiedAfterNs]
      : [],
  );
  const starts = alone.flatMap(({ tenants }) => tenants[0]?.verifiedAfterNs ?? []);
  return {
    gone: overRounds(
      kills.map(({ killedNs, goneNs }) => goneNs - killedNs),
      options,
      NO_WINDOW,
    ),
    verified: overRounds(verified, options, 'no process that was started after a death had a right result'),
    startAlone: overRounds(starts, options, 'no process ran alone'),
  };
}
