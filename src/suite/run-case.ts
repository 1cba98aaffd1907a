// One case in one process: prepare, verify, warm up, sample, verify again. Whatever goes wrong becomes
// a failed result that keeps what was measured; it never ends the other cases.
import { mapAvailable, unavailable } from '../base/availability.ts';
import { describeError, GuestmarkError } from '../base/errors.ts';
import { Scope } from '../base/scope.ts';
import { VulkanError } from '../vulkan/vulkan-error.ts';
import { calibrateIterations } from './calibrate-case.ts';
import type { Case } from './case-id.ts';
import { type CaseRecord, newCaseRecord } from './case-record.ts';
import type { CaseRun } from './case-run.ts';
import { caseStalls } from './case-stalls.ts';
import { testDoubling } from './doubling.ts';
import { failureOf } from './failure.ts';
import { caseLimitNs } from './lasting.ts';
import { measureOperation } from './measure-operation.ts';
import { measureOwnCost } from './own-cost.ts';
import { prepareCase } from './prepare-case.ts';
import { recordSamples } from './record-samples.ts';
import { recordSwitches } from './record-switches.ts';
import { iterationsAfter, sampleCheck } from './sample-check.ts';
import type { Session } from './session.ts';
import { caseStealOf } from './steal-count.ts';
import type { Waiting } from './take-sample.ts';
import { type ExpectedOutput, verifierOf } from './verify-case.ts';
import { resolveWaitMode } from './wait-mode.ts';

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
  const progress = newCaseRecord();
  const outcome = await attempt({ session, one, expected }, progress);
  const endNs = clocks.stamp.nowNs();
  return {
    run: options.run,
    processStartedAt: null,
    ...outcome,
    ...progress,
    caseWallNs: endNs - startNs,
    stalls: caseStalls(clocks.stalls(), { startNs, endNs }, session.epochNs),
    steal: mapAvailable(endSteal(), caseStealOf),
    external: unavailable('no external clock was asked for'),
  };
}

/** vkQueueSubmit and the wait; a poll that finds nothing is part of the waiting. */
const CALLS_OF_A_SUBMISSION = 2;

type Outcome = Pick<CaseRun, 'status' | 'failure' | 'skipReason'>;

/** What is run, and what must come out. */
interface WantedCase {
  readonly session: Session;
  readonly one: Case;
  readonly expected: ExpectedOutput | null;
}

async function attempt(wanted: WantedCase, progress: CaseRecord): Promise<Outcome> {
  const { session } = wanted;
  const scope = new Scope();
  try {
    await measure(wanted, progress, scope);
    return { status: 'ok', failure: null, skipReason: null };
  } catch (error) {
    abandonIfLost(session.device, error);
    finishWork(session.device);
    if (error instanceof GuestmarkError && error.code === 'unsupported') {
      return { status: 'skipped', failure: null, skipReason: describeError(error) };
    }
    const failure = failureOf(withLimit(error, caseLimitNs(wanted.one, session.options.timeoutNs)));
    return { status: 'failed', failure, skipReason: null };
  } finally {
    if (session.device.usable) close(scope, progress);
  }
}

/** Benchmarks in raw Vulkan look at codes themselves: whichever call says that the device is lost, nothing is freed after it. */
function abandonIfLost({ vulkan }: Session['device'], error: unknown): void {
  const isLost = error instanceof VulkanError && error.result === 'VK_ERROR_DEVICE_LOST';
  if (isLost && vulkan.available) vulkan.value.abandon();
}

/** What failed may have left the device at work, and what it works on is destroyed next. One that cannot be waited for is abandoned. */
function finishWork(device: Session['device']): void {
  if (!device.usable) return;
  try {
    device.waitIdle();
  } catch {
    // The error that led here tells more.
  }
}

/** What goes wrong in closing is noted: it must not replace what was measured. */
function close(scope: Scope, progress: CaseRecord): void {
  try {
    scope[Symbol.dispose]();
  } catch (error) {
    progress.notes.push(`closing the case failed: ${describeError(error)}`);
  }
}

async function measure(wanted: WantedCase, progress: CaseRecord, scope: Scope): Promise<void> {
  const { session, one } = wanted;
  const { device, options, clocks } = session;
  if (one.benchmark.operation !== undefined) {
    await measureOperation(session, one, one.benchmark.operation, progress, scope);
    return;
  }
  const { kind } = one.benchmark;
  const mode = resolveWaitMode(options.wait, device.info, kind);
  const waiting: Waiting = { mode, deadlineNs: clocks.stamp.nowNs() + caseLimitNs(one, options.timeoutNs) };
  progress.waitMode = mode;
  await session.breathe({ id: one.id, phase: 'preparing', samples: 0 });
  const prepared = scope.use(prepareCase(device, one, options));
  const timestamps = prepared.steps.length > 0;
  const dumpProblems: unknown[] = [];
  const onDumpProblem = (error: unknown): void => void dumpProblems.push(error);
  const verifier = verifierOf({ ...wanted, prepared, deadlineNs: waiting.deadlineNs, onDumpProblem });
  progress.verifiedBefore = await verifier.before((sha256) => {
    progress.outputSha256 = sha256;
  });
  session.rendezvous?.verified();
  // What a short round trip would notice is left out of it.
  if (kind === 'throughput' && options.ledger) clocks.workers?.rescan();
  else clocks.workers?.release();
  progress.notes.push(...recordSwitches(clocks, { kind, timestamps }));
  // The first check leaves the right answer in the buffers: the second one must not find it there.
  prepared.fill();
  const calibrated = await calibrateIterations(session, one, { prepared, waiting, timestamps }, scope);
  progress.iterations = calibrated.iterations;
  progress.warmUpSubmissions = calibrated.warmUpSubmissions;
  await session.rendezvous?.meet(one.id);
  const endWatch = clocks.watchDevice();
  const check = sampleCheck(session, verifier, calibrated, progress);
  const samples = await recordSamples(session, one, { ...calibrated.sampled, check }, progress);
  progress.deviceState = endWatch();
  await session.breathe({ id: one.id, phase: 'verifying', samples });
  progress.verifiedAfter = verifier.after(iterationsAfter(calibrated, samples));
  progress.doubling =
    session.rendezvous === undefined
      ? await testDoubling(session, one, { prepared, ...calibrated }, scope)
      : unavailable('other processes shared the device');
  if (kind === 'latency')
    progress.ownCost = measureOwnCost(session, { iterations: 1, calls: CALLS_OF_A_SUBMISSION });
  // Only now: the samples are there, and the case still fails for what was asked for and is not.
  if (dumpProblems.length > 0) throw dumpProblems[0];
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
