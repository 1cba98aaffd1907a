// One case in one process: prepare, verify, warm up, sample, verify again. Whatever goes wrong becomes
// a failed result that keeps what was measured; it never ends the other cases.
import { mapAvailable, unavailable } from '../base/availability.ts';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { calibrateIterations } from './calibrate-case.ts';
import type { Case } from './case-id.ts';
import type { CaseRun, SampleColumns } from './case-run.ts';
import { caseStalls } from './case-stalls.ts';
import { deviceClockOf } from './device-clock.ts';
import { testDoubling } from './doubling.ts';
import { failureOf } from './failure.ts';
import { prepareCase } from './prepare-case.ts';
import { type Sampled, sampleCase } from './sample-case.ts';
import { sampleColumns } from './sample-columns.ts';
import type { RawSample } from './sample-store.ts';
import type { Session } from './session.ts';
import { caseStealOf, countingCpus, samplingStealOf } from './steal-count.ts';
import type { Waiting } from './take-sample.ts';
import { type ExpectedOutput, verifierOf } from './verify-case.ts';
import { resolveWaitMode } from './wait-mode.ts';

/** What is known of a case so far; becomes the result however the case ends. */
interface Progress {
  waitMode: CaseRun['waitMode'];
  iterations: number;
  warmUpSubmissions: number;
  verifiedBefore: number;
  verifiedAfter: number;
  outputSha256: CaseRun['outputSha256'];
  stopReason: CaseRun['stopReason'];
  samples: SampleColumns | null;
  samplingSteal: CaseRun['samplingSteal'];
  deviceClock: CaseRun['deviceClock'];
  deviceState: CaseRun['deviceState'];
  doubling: CaseRun['doubling'];
  notes: string[];
}

/**
 * Runs one case. Never rejects for anything the device or the benchmark does.
 *
 * @param expected The output of an earlier run that went well, if there was one.
 */
export async function runCase(
  session: Session,
  one: Case,
  expected: ExpectedOutput | null = null,
): Promise<CaseRun> {
  const { clocks, options } = session;
  const startNs = clocks.stamp.nowNs();
  const endSteal = clocks.countSteal();
  const progress: Progress = {
    waitMode: null,
    iterations: 0,
    warmUpSubmissions: 0,
    verifiedBefore: 0,
    verifiedAfter: 0,
    outputSha256: unavailable('the case did not come to its verification'),
    stopReason: null,
    samples: null,
    samplingSteal: unavailable('the case was not sampled'),
    deviceClock: unavailable('the case was not sampled'),
    deviceState: unavailable('the case was not sampled to its end'),
    doubling: unavailable('the case did not come to it'),
    notes: [],
  };
  const outcome = await attempt({ session, one, expected }, progress);
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

/** What is run, and what must come out. */
interface WantedCase {
  readonly session: Session;
  readonly one: Case;
  readonly expected: ExpectedOutput | null;
}

async function attempt(wanted: WantedCase, progress: Progress): Promise<Outcome> {
  const { session } = wanted;
  const scope = new Scope();
  try {
    await measure(wanted, progress, scope);
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

async function measure(wanted: WantedCase, progress: Progress, scope: Scope): Promise<void> {
  const { session, one } = wanted;
  const { device, options, clocks } = session;
  const { kind } = one.benchmark;
  const mode = resolveWaitMode(options.wait, device.info, kind);
  const waiting: Waiting = { mode, deadlineNs: clocks.stamp.nowNs() + options.timeoutNs };
  progress.waitMode = mode;
  await session.breathe({ id: one.id, phase: 'preparing', samples: 0 });
  const prepared = scope.use(prepareCase(device, one, options));
  const timestamps = prepared.steps.length > 0;
  const verifier = verifierOf({ ...wanted, prepared, deadlineNs: waiting.deadlineNs });
  progress.verifiedBefore = await verifier.before((sha256) => {
    progress.outputSha256 = sha256;
  });
  // What a short round trip would notice is left out of it.
  if (kind === 'throughput' && options.ledger) clocks.workers?.rescan();
  else clocks.workers?.release();
  // The first check leaves the right answer in the buffers: the second one must not find it there.
  prepared.fill();
  const calibrated = await calibrateIterations(session, one, { prepared, waiting, timestamps }, scope);
  progress.iterations = calibrated.iterations;
  progress.warmUpSubmissions = calibrated.warmUpSubmissions;
  const endWatch = clocks.watchDevice();
  const samples = await sample(session, one, calibrated.sampled, progress);
  progress.deviceState = endWatch();
  await session.breathe({ id: one.id, phase: 'verifying', samples });
  const submissions = calibrated.warmUpSubmissions + samples;
  progress.verifiedAfter = verifier.after(calibrated.earlierIterations + submissions * calibrated.iterations);
  progress.doubling = await testDoubling(session, one, { prepared, ...calibrated }, scope);
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
