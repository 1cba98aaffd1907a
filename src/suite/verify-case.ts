// Everything that must be true of a case's output before its times are worth anything, and again afterwards: what the
// benchmark says of it, that it repeats, and that nothing was written behind a buffer.
import { type Available, available, unavailable } from '../base/availability.ts';
import { GuestmarkError } from '../base/errors.ts';
import type { DeviceStep } from '../vulkan/compute-device.ts';
import type { Elements, VerifyContext } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import { timeLeftNs } from './deadline.ts';
import { dumpOutputs } from './dump-outputs.ts';
import type { PreparedCase } from './prepare-case.ts';
import { describeChange, outputSha256 } from './repeated-output.ts';
import type { Session } from './session.ts';
import { describeMismatch, isVerification, type Verification } from './verification.ts';

/** The output that an earlier run of the same case had. */
export interface ExpectedOutput {
  readonly run: number;
  readonly sha256: string;
}

/** What is verified, and how. */
export interface VerifiedCase {
  readonly session: Session;
  readonly one: Case;
  readonly prepared: PreparedCase;
  readonly deadlineNs: number;
  /** Null in the first run that can tell. */
  readonly expected: ExpectedOutput | null;
}

/** Verifies one case in one process. */
export interface CaseVerifier {
  /**
   * Runs what must run before timing, and leaves the buffers as it left them: they must be filled anew.
   *
   * @param tell Receives the hash of the output, also where it turns out to be wrong.
   * @returns How many values were compared.
   */
  before(tell: (sha256: Available<string>) => void): Promise<number>;
  /** @param iterations Iterations since the buffers were filled for timing. */
  after(iterations: number): number;
}

type Outputs = Readonly<Record<string, Elements>>;

/** What the first check leaves for the later ones. */
interface Kept {
  readonly first: Outputs | null;
  readonly reference: Outputs | null;
}

/** Makes the verifier of a prepared case. */
export function verifierOf(verified: VerifiedCase): CaseVerifier {
  const { session, one, prepared } = verified;
  const repeats = one.benchmark.verifies === 'one iteration';
  let kept: Kept = { first: null, reference: null };
  const oneIteration = (when: string): number => {
    runOnce(verified, prepared.steps);
    return checked(verified, kept, 1, when);
  };
  return {
    before: async (tell) => {
      kept = { ...kept, reference: runReference(verified) };
      runOnce(verified, prepared.steps);
      const first = repeats ? readAll(prepared, prepared.written) : null;
      const sha256 = hashOf(one, first);
      tell(sha256);
      const count = dumpedAfter(verified, () => {
        const compared = checked(verified, kept, 1, 'before timing');
        requireSameHash(verified, sha256);
        return compared;
      });
      if (first === null) return count;
      kept = { ...kept, first: { ...prepared.inputs, ...first } };
      await session.breathe({ id: one.id, phase: 'preparing', samples: 0 });
      return oneIteration('before timing');
    },
    after: (iterations) => {
      // Before filling hides it: what appends to a list comes to its end in a later iteration only.
      requireGuards(prepared, 'while it was timed');
      if (!repeats) return checked(verified, kept, iterations, 'after timing');
      // What was timed says more than what runs once more, where it can be known what it should have left.
      return prepared.isRepeatable
        ? checked(verified, kept, 1, 'after timing')
        : oneIteration('after timing');
    },
  };
}

/** Fills the buffers and runs steps once. */
function runOnce({ session, prepared, deadlineNs }: VerifiedCase, steps: readonly DeviceStep[]): void {
  prepared.fill();
  using submission = session.device.record({ steps, iterations: 1, timestamps: false });
  submission.submit();
  submission.wait('block', timeLeftNs(deadlineNs, session.clocks.stamp.nowNs()));
  submission.reset();
}

/** What the benchmark's reference makes of the same inputs; its kernels are gone afterwards. */
function runReference(verified: VerifiedCase): Outputs | null {
  const { prepared } = verified;
  using reference = prepared.prepareReference();
  if (reference === null) return null;
  runOnce(verified, reference.steps);
  requireGuards(prepared, 'by the reference');
  return { ...prepared.inputs, ...readAll(prepared, reference.written) };
}

function readAll(prepared: PreparedCase, names: readonly string[]): Outputs {
  return Object.fromEntries(names.map((name) => [name, prepared.read(name)]));
}

function hashOf({ benchmark: { repeatable = [] } }: Case, first: Outputs | null): Available<string> {
  if (first === null || repeatable.length === 0)
    return unavailable('the benchmark names no output that must repeat');
  return available(outputSha256(repeatable.map((name) => first[name] as Elements)));
}

/** In the first run the outputs are written whatever is found: of a wrong one they are needed most. */
function dumpedAfter({ session, one, prepared }: VerifiedCase, check: () => number): number {
  const { run, dumpFolder } = session.options;
  const dump = (): void => {
    if (dumpFolder !== null && run === 1) dumpOutputs(dumpFolder, one, prepared);
  };
  let count: number;
  try {
    count = check();
  } catch (error) {
    ignoringErrors(dump);
    throw error;
  }
  dump();
  return count;
}

/** What is wrong with the output tells more than what is wrong with the folder. */
function ignoringErrors(act: () => void): void {
  try {
    act();
  } catch {}
}

function checked(verified: VerifiedCase, kept: Kept, iterations: number, when: string): number {
  const { one, prepared } = verified;
  // What was written behind a buffer, or does not repeat, explains more than a wrong value.
  requireGuards(prepared);
  const outputs = outputsOf(prepared);
  for (const name of kept.first === null ? [] : (one.benchmark.repeatable ?? [])) {
    const change = describeChange(name, kept.first?.[name] as Elements, outputs[name] as Elements);
    if (change !== null)
      throw wrongOutput(`is wrong ${when}: ${change}`, 'a race in the kernel, or a broken device');
  }
  const verification = verify(one, { inputs: prepared.inputs, outputs, iterations, ...kept });
  if (verification.ok) return verification.checked;
  throw wrongOutput(
    `is wrong ${when}: ${describeMismatch(verification)}`,
    'the kernel, its reference or the device is at fault; none of its times are reported',
  );
}

function requireGuards(prepared: PreparedCase, by?: string): void {
  const touched = prepared.touchedGuard();
  if (touched === null) return;
  const how = by === undefined ? '' : ` ${by}`;
  throw new GuestmarkError(
    'verification',
    `Cannot trust this case: binding "${touched.name}" was written behind its end${how} (first at byte ${touched.offset} after it)`,
    { hint: 'guard the index: if (i >= n) return' },
  );
}

function requireSameHash({ one, expected }: VerifiedCase, sha256: Available<string>): void {
  if (expected === null || !sha256.available || sha256.value === expected.sha256) return;
  const names = (one.benchmark.repeatable ?? []).join(', ');
  const [now, then] = [sha256.value, expected.sha256].map((hash) => hash.slice(0, 12));
  throw wrongOutput(
    `differs from run ${expected.run}'s: the SHA-256 of ${names} is ${now}… and was ${then}…`,
    'a race in the kernel, or a broken device',
  );
}

function wrongOutput(state: string, hint: string): GuestmarkError {
  return new GuestmarkError('verification', `Cannot trust this case: its output ${state}`, { hint });
}

/** What a benchmark says of its output; a function that says nothing has verified nothing. */
function verify({ id, benchmark, axes }: Case, context: VerifyContext): Verification {
  const verification: unknown = callBenchmark(id, 'verify()', () => benchmark.verify(axes, context));
  const cannot = (state: string): GuestmarkError =>
    new GuestmarkError('usage', `Cannot run ${id}: verify() of the benchmark ${state}`, {
      hint: 'return what compareElements() or allOf() gives',
    });
  if (!isVerification(verification)) throw cannot('gives no verification');
  // A benchmark that only submits has nothing to look at; one that has outputs of its own to check has.
  if (verification.ok && verification.checked === 0 && benchmark.verifies === 'one iteration')
    throw cannot('compared nothing');
  return verification;
}

/** Reads a buffer when its output is looked at, once: most references look at one of several. */
function outputsOf(prepared: PreparedCase): Outputs {
  const outputs: Record<string, Elements> = {};
  for (const { name } of prepared.bindings) {
    let elements: Elements | undefined;
    const get = (): Elements => {
      elements ??= prepared.read(name);
      return elements;
    };
    Object.defineProperty(outputs, name, { get, enumerable: true });
  }
  return outputs;
}
