// `guestmark fleet wait` and `guestmark fleet status`: follows a fleet until nothing more comes of it, then says what became of every
// task. Stops to follow where somebody wants it to; the fleet goes on then.
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GuestmarkError } from '../base/errors.ts';
import { formatNs } from '../base/units.ts';
import { type FleetStanding, standingSummary, standingTable } from '../fleet/fleet-table.ts';
import { type FollowEnd, type FollowLimits, followFleet, type Look } from '../fleet/follow-fleet.ts';
import { slurmClient } from '../fleet/slurm-client.ts';
import { fleetExitCode, type TaskOutcome } from '../fleet/task-outcome.ts';
import { shellWord } from '../report/saved-line.ts';
import { runCommand } from '../setup/run-command.ts';
import { EXIT } from './exit-codes.ts';
import { lookAtFleet, standingOf, type WatchedFleet, watchFleet } from './fleet-standing.ts';
import type { Terminal } from './terminal.ts';

/** How it is waited, and how what was found is told. */
export interface WaitOptions {
  readonly json: boolean;
  readonly pollNs: number;
  /** Null for no limit. */
  readonly waitLimitNs: number | null;
  readonly stuckLimitNs: number;
  /** Takes tasks that cannot start out of the queue. */
  readonly cancelStuck: boolean;
}

/** `guestmark fleet wait`. */
export async function fleetWaitCommand(
  folder: string,
  job: string | null,
  options: WaitOptions,
  terminal: Terminal,
): Promise<number> {
  const fleet = await watchFleet(resolve(folder), job, slurmClient(runCommand));
  return waitForFleet(fleet, options, terminal);
}

/** `guestmark fleet status`. */
export async function fleetStatusCommand(
  folder: string,
  job: string | null,
  json: boolean,
  terminal: Terminal,
): Promise<number> {
  const fleet = await watchFleet(resolve(folder), job, slurmClient(runCommand));
  const look = await lookAtFleet(fleet);
  if (!look.available) terminal.note(`guestmark: Cannot ask Slurm: ${look.reason}; so only the folder tells`);
  const standing = await standingOf(look.available ? fleet : { ...fleet, jobs: [] });
  print(standing, json, terminal);
  return fleetExitCode(standing.tasks);
}

/** Waits, and says at the end what became of every task. */
export async function waitForFleet(
  fleet: WatchedFleet,
  options: WaitOptions,
  terminal: Terminal,
): Promise<number> {
  const end = await follow(fleet, options, terminal);
  terminal.clearProgress();
  if (end === 'interrupted') {
    terminal.note(`guestmark: not following any longer, and the fleet goes on; ${howToGoOn(fleet)}`);
    return EXIT.interrupted;
  }
  const standing = await standingOf(fleet);
  const note = noteOf(end, options);
  if (note !== null) terminal.note(`guestmark: ${note}; ${howToGoOn(fleet)}`);
  if (end === 'stuck') await endStuck(standing, options, fleet, terminal);
  print(standing, options.json, terminal);
  return fleetExitCode(standing.tasks);
}

/** Slurm's controller may be restarted or moved meanwhile. */
const SILENCE_MS = 10 * 60_000;

async function follow(fleet: WatchedFleet, options: WaitOptions, terminal: Terminal): Promise<FollowEnd> {
  const limits: FollowLimits = {
    pollMs: options.pollNs / 1e6,
    waitMs: options.waitLimitNs === null ? Number.POSITIVE_INFINITY : options.waitLimitNs / 1e6,
    stuckMs: options.stuckLimitNs / 1e6,
    silenceMs: SILENCE_MS,
  };
  let silence = 'nothing yet';
  const look = async (): Promise<Look | null> => {
    const found = await lookAtFleet(fleet);
    if (!found.available) silence = found.reason;
    if (terminal.isInteractive)
      terminal.drawStatus(await statusLine(fleet, found.available ? null : silence));
    return found.available ? found.value : null;
  };
  using stopping = untilStopped();
  const clock = { nowMs: () => performance.now(), sleep };
  const end = await followFleet(look, limits, stopping.signal, clock);
  if (end !== 'silent') return end;
  throw new GuestmarkError('environment', `Cannot follow the fleet any longer: ${silence}`, {
    hint: `it goes on; ${howToGoOn(fleet)}`,
  });
}

async function statusLine(fleet: WatchedFleet, silence: string | null): Promise<string> {
  if (silence !== null) return `Slurm does not answer: ${silence}`;
  const states = [...fleet.seen.values()].map(({ state }) => state.toLowerCase());
  const counts = [...new Set(states)].map(
    (one) => `${states.filter((other) => other === one).length} ${one}`,
  );
  return fleet.jobs.length === 0
    ? standingSummary(await standingOf(fleet))
    : `job ${fleet.jobs.join(', ')}: ${counts.join(', ')}`;
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  // It ends early by being aborted, which is no error here.
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

/** Ctrl-C ends the following and not the fleet; once more ends this process as it does by default. */
function untilStopped(): { readonly signal: AbortSignal } & Disposable {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.once(name, stop);
  return {
    signal: stopping.signal,
    [Symbol.dispose]: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}

function howToGoOn({ folder, jobs }: WatchedFleet): string {
  const follow = `\`guestmark fleet wait ${shellWord(folder)}\` follows it again`;
  return jobs.length === 0 ? follow : `${follow}, \`scancel ${jobs.join(' ')}\` ends it`;
}

function noteOf(end: FollowEnd, { waitLimitNs, stuckLimitNs }: WaitOptions): string | null {
  if (end === 'limit') return `not waiting longer than ${formatNs(waitLimitNs ?? 0)}`;
  return end === 'stuck' ? `what is left has been unable to start for ${formatNs(stuckLimitNs)}` : null;
}

/** By default they stay in the queue: an operator may give the node back. */
async function endStuck(
  { tasks }: FleetStanding,
  { cancelStuck }: WaitOptions,
  fleet: WatchedFleet,
  terminal: Terminal,
): Promise<void> {
  const jobs = tasks.flatMap(({ state, job }: TaskOutcome) =>
    state === 'waiting' && job !== null ? [job] : [],
  );
  if (jobs.length === 0) return;
  if (cancelStuck) await fleet.slurm.cancel(jobs);
  const command = `scancel ${jobs.join(' ')}`;
  terminal.note(
    cancelStuck ? `guestmark: did \`${command}\`` : `guestmark: \`${command}\` takes them out of the queue`,
  );
}

function print(standing: FleetStanding, json: boolean, terminal: Terminal): void {
  const layout = { width: terminal.width, color: terminal.color };
  terminal.print(json ? JSON.stringify(standing, null, 2) : standingTable(standing, layout));
}
