// One case in one process: prepare, verify, warm up, sample, verify again. Whatever goes wrong becomes
// a failed result that keeps what was measured; it never ends the other cases.
import { mapAvailable, unavailable } from '../base/availability.ts';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { calibrateIterations } from './calibrate-case.ts';
import type { Case } from './case-id.ts';
import type { CaseRun, SampleColumns } from './case-run.ts';
import { caseStalls } from './case-stalls.ts';
import { timeLeftNs } from './deadline.ts';
import { deviceClockOf } from './device-clock.ts';
import { failureOf } from './failure.ts';
import { type PreparedCase, prepareCase } from './prepare-case.ts';
import { type Sampled, sampleCase } from './sample-case.ts';
import { sampleColumns } from './sample-columns.ts';
import type { RawSample } from './sample-store.ts';
import type { Session } from './session.ts';
import { caseStealOf, countingCpus, samplingStealOf } from './steal-count.ts';
import type { Waiting } from './take-sample.ts';
import { describeMismatch } from './verification.ts';
import { resolveWaitMode } from './wait-mode.ts';

/** What is known of a case so far; becomes the result however the case ends. */
interface Progress {
  waitMode: CaseRun['waitMode'];
  iterations: number;
  warmUpSubmissions: number;
  verifiedBefore: number;
  verifiedAfter: number;
  stopReason: CaseRun['stopReason'];
  samples: SampleColumns | null;
  samplingSteal: CaseRun['samplingSteal'];
  deviceClock: CaseRun['deviceClock'];
  notes: string[];
}

/** Runs one case. Never rejects for anything the device or the benchmark does. */
export async function runCase(session: Session, one: Case): Promise<CaseRun> {
  const { clocks, options } = session;
  const startNs = clocks.stamp.nowNs();
  const endSteal = clocks.countSteal();
  const progress: Progress = {
    waitMode: null,
    iterations: 0,
    warmUpSubmissions: 0,
    verifiedBefore: 0,
    verifiedAfter: 0,
    stopReason: null,
    samples: null,
    samplingSteal: unavailable('the case was not sampled'),
    deviceClock: unavailable('the case was not sampled'),
    notes: [],
  };
  const outcome = await attempt(session, one, progress);
  const endNs = clocks.stamp.nowNs();
  return {
    run: options.run,
    ...outcome,
    ...progress,
    caseWallNs: endNs - startNs,
    stalls: caseStalls(clocks.stalls(), { startNs, endNs }, session.epochNs),
    steal: mapAvailable(endSteal(), caseStealOf),
    external: unavailable('no external clock was asked for'),
  };
}

type Outcome = Pick<CaseRun, 'status' | 'failure' | 'skipReason'>;

async function attempt(session: Session, one: Case, progress: Progress): Promise<Outcome> {
  const scope = new Scope();
  try {
    await measure(session, one, progress, scope);
    return { status: 'ok', failure: null, skipReason: null };
  } catch (error) {
    if (error instanceof GuestmarkError && error.code === 'unsupported') {
      return { status: 'skipped', failure: null, skipReason: describeError(error) };
    }
    const failure = failureOf(withLimit(error, session.options.timeoutNs));
    return { status: 'failed', failure, skipReason: null };
  } finally {
    if (session.device.usable) close(scope, progress);
  }
}

/** What goes wrong in closing is noted: it must not replace what was measured. */
function close(scope: Scope, progress: Progress): void {
  try {
    scope[Symbol.dispose]();
  } catch (error) {
    progress.notes.push(`closing the case failed: ${describeError(error)}`);
  }
}

async function measure(session: Session, one: Case, progress: Progress, scope: Scope): Promise<void> {
  const { device, options, clocks } = session;
  const { kind } = one.benchmark;
  const mode = resolveWaitMode(options.wait, device.info, kind);
  const waiting: Waiting = { mode, deadlineNs: clocks.stamp.nowNs() + options.timeoutNs };
  progress.waitMode = mode;
  await session.breathe({ id: one.id, phase: 'preparing', samples: 0 });
  const prepared = scope.use(prepareCase(device, one, options.seed));
  const timestamps = prepared.steps.length > 0;
  progress.verifiedBefore = verifyOnce(session, prepared, waiting);
  // What a short round trip would notice is left out of it.
  if (kind === 'throughput' && options.ledger) clocks.workers?.rescan();
  else clocks.workers?.release();
  // The first check leaves the right answer in the buffers: the second one must not find it there.
  prepared.fill();
  const calibrated = await calibrateIterations(session, one, { prepared, waiting, timestamps }, scope);
  progress.iterations = calibrated.iterations;
  progress.warmUpSubmissions = calibrated.warmUpSubmissions;
  const samples = await sample(session, one, calibrated.sampled, progress);
  await session.breathe({ id: one.id, phase: 'verifying', samples });
  const submissions = calibrated.warmUpSubmissions + samples;
  progress.verifiedAfter = checked(
    prepared,
    calibrated.earlierIterations + submissions * calibrated.iterations,
    'after timing',
  );
}

/** Samples into the progress, also what was sampled before a failure; returns how many samples. */
async function sample(session: Session, one: Case, sampled: Sampled, progress: Progress): Promise<number> {
  const { device, clocks, options, epochNs } = session;
  const samples: RawSample[] = [];
  const endSteal = clocks.countSteal();
  try {
    const { stopReason, notes } = await sampleCase(session, one, sampled, samples);
    progress.stopReason = stopReason;
    progress.notes.push(...notes);
  } finally {
    const counter = { validBits: device.timestampValidBits, periodNs: device.timestampPeriodNs };
    const { software } = device.info;
    const { ledger } = options;
    const { snapshot, verdict, offCpu, stamp } = clocks;
    const isMonotonic = stamp.name === 'CLOCK_MONOTONIC';
    const monotonicEpochNs = isMonotonic ? stamp.epochSeconds * 1e9 : null;
    const clocksOf = { traits: snapshot, verdict, offCpu, monotonicEpochNs };
    const how = { ...clocksOf, counter, epochNs, ledger, software };
    progress.samplingSteal = mapAvailable(endSteal(), (count) =>
      samplingStealOf(count, countingCpus(samples, { software, timeslices: snapshot.runQueue.available })),
    );
    progress.deviceClock = deviceClockOf(samples, counter);
    progress.samples = samples.length === 0 ? null : sampleColumns(samples, how);
  }
  return samples.length;
}

/** Fills the buffers, runs one iteration and compares: nothing that is wrong is ever timed. */
function verifyOnce({ device, clocks }: Session, prepared: PreparedCase, waiting: Waiting): number {
  prepared.fill();
  using submission = device.record({ steps: prepared.steps, iterations: 1, timestamps: false });
  submission.submit();
  submission.wait('block', timeLeftNs(waiting.deadlineNs, clocks.stamp.nowNs()));
  submission.reset();
  return checked(prepared, 1, 'before timing');
}

function checked(prepared: PreparedCase, iterations: number, when: string): number {
  const verification = prepared.verify(iterations);
  if (verification.ok) return verification.checked;
  throw new GuestmarkError(
    'verification',
    `Cannot trust this case: its output is wrong ${when}: ${describeMismatch(verification)}`,
    {
      hint: 'the kernel, its reference or the device is at fault; none of its times are reported',
    },
  );
}

/** A limit that is over is told in the user's terms, whichever wait noticed it. */
function withLimit(error: unknown, timeoutNs: number): unknown {
  if (!(error instanceof GuestmarkError) || error.code !== 'timeout') return error;
  const state = error.message.replace(/^Cannot [^:]+: /, '');
  const message = `Cannot finish the case within its limit of ${timeoutNs / 1e9} s: ${state}`;
  return new GuestmarkError('timeout', message, {
    cause: error,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}
