// Everything that must be true of a case's output before its times are worth anything, and again afterwards: what the
// benchmark says of it, that it repeats, and that nothing was written behind a buffer. A reference of all elements takes
// far longer than the kernel, so an output that has the SHA-256 of one that was found right is known to be right.
import { type Available, available, unavailable } from '../base/availability.ts';
import type { DeviceStep } from '../vulkan/compute-device.ts';
import type { Elements } from './benchmark.ts';
import type { Case } from './case-id.ts';
import {
  checkOutput,
  type Kept,
  type Outputs,
  outputsOf,
  requireGuards,
  wrongOutput,
} from './check-output.ts';
import { timeLeftNs } from './deadline.ts';
import { dumpOutputs } from './dump-outputs.ts';
import { bytesOf } from './element-types.ts';
import type { PreparedCase } from './prepare-case.ts';
import { outputSha256 } from './repeated-output.ts';
import type { Session } from './session.ts';

/** The output that an earlier run of the same case had, and that was right. */
export interface ExpectedOutput {
  readonly run: number;
  /** Of the outputs that must repeat; of a benchmark without such, of all that one iteration writes. */
  readonly sha256: string;
  /** Values that were compared in it. */
  readonly checked: number;
}

/** What is verified, and how. */
export interface VerifiedCase {
  readonly session: Session;
  readonly one: Case;
  readonly prepared: PreparedCase;
  readonly deadlineNs: number;
  /** Null in the first run that can tell. */
  readonly expected: ExpectedOutput | null;
  /** Told when outputs cannot be written: a full disk must not cost what is measured behind it. */
  readonly onDumpProblem: (error: unknown) => void;
}

/** Verifies one case in one process. */
export interface CaseVerifier {
  /**
   * Runs what must run before timing, and leaves the buffers as it left them: they must be filled anew.
   *
   * @param tell Receives the hash of the output, also where it turns out to be wrong.
   * @returns How many values were compared; now, or when an output of the same bytes was found right.
   */
  before(tell: (sha256: Available<string>) => void): Promise<number>;
  /** @param iterations Iterations since the buffers were filled for timing. */
  after(iterations: number): number;
  /**
   * The same between the samples, or why it cannot be known what they leave.
   *
   * @param when As the end of a message: `after sample 7`.
   */
  readonly between: Available<(iterations: number, when: string) => void>;
}

/** Makes the verifier of a prepared case. */
export function verifierOf(verified: VerifiedCase): CaseVerifier {
  return verified.one.benchmark.verifies === 'one iteration'
    ? oneIterationVerifier(verified)
    : allIterationsVerifier(verified);
}

/** What one iteration makes of the inputs, and then what all of them together made of it. */
function allIterationsVerifier(verified: VerifiedCase): CaseVerifier {
  const { one, prepared, expected } = verified;
  let reference: Outputs | null = null;
  let known: Known | null = expected;
  const checkAfter = (iterations: number, when: string): number => {
    const outputs = outputsOf(prepared);
    // Where an iteration reads what another one wrote, the same bytes as after the first would be wrong.
    if (prepared.isRepeatable && isKnown(known, writtenSha256(prepared, outputs)))
      return knownCount(prepared, known);
    return checkOutput(one, prepared, { outputs, iterations, when, first: null, reference });
  };
  return {
    before: async (tell) => {
      reference = runReference(verified);
      runOnce(verified, prepared.steps);
      const look = {
        outputs: outputsOf(prepared),
        iterations: 1,
        when: 'before timing',
        first: null,
        reference,
      };
      const sha256 = writtenSha256(prepared, look.outputs);
      tell(sha256);
      return dumpedAfter(verified, () => {
        const checked = isKnown(known, sha256)
          ? knownCount(prepared, known)
          : checkOutput(one, prepared, look);
        known = sha256.available ? { sha256: sha256.value, checked } : null;
        return checked;
      });
    },
    after: (iterations) => checkAfter(iterations, 'after timing'),
    between: available(checkAfter),
  };
}

/** An output that was found right. */
type Known = Pick<ExpectedOutput, 'sha256' | 'checked'>;

function isKnown(known: Known | null, sha256: Available<string>): known is Known {
  return known !== null && sha256.available && sha256.value === known.sha256;
}

function knownCount(prepared: PreparedCase, { checked }: Known): number {
  requireGuards(prepared);
  return checked;
}

function writtenSha256(prepared: PreparedCase, outputs: Outputs): Available<string> {
  if (prepared.written.length === 0) return unavailable('the benchmark writes nothing');
  return available(outputSha256(prepared.written.map((name) => outputs[name] as Elements)));
}

/** What one iteration makes of the inputs, again and again. */
function oneIterationVerifier(verified: VerifiedCase): CaseVerifier {
  const { session, one, prepared } = verified;
  let kept: Kept = { first: null, reference: null };
  const check = (when: string): number =>
    checkOutput(one, prepared, { outputs: outputsOf(prepared), iterations: 1, when, ...kept });
  const checkAnew = (when: string): number => {
    runOnce(verified, prepared.steps);
    return check(when);
  };
  return {
    before: async (tell) => {
      kept = { ...kept, reference: runReference(verified) };
      runOnce(verified, prepared.steps);
      const first = readAll(prepared, prepared.written);
      const sha256 = hashOf(one, first);
      tell(sha256);
      dumpedAfter(verified, () => {
        const checked = check('before timing');
        requireSameHash(verified, sha256);
        return checked;
      });
      kept = { ...kept, first: { ...prepared.inputs, ...first } };
      await session.breathe({ id: one.id, phase: 'preparing', samples: 0 });
      return checkAnew('before timing');
    },
    after: () => {
      // Before filling hides it: what appends to a list comes to its end in a later iteration only.
      requireGuards(prepared, 'while it was timed');
      // What was timed says more than what runs once more, where it can be known what it should have left.
      return prepared.isRepeatable ? check('after timing') : checkAnew('after timing');
    },
    between: prepared.isRepeatable
      ? available((_, when) => checkBetween(prepared, kept.first, () => check(when)))
      : unavailable('an iteration changes what the next one reads'),
  };
}

/** The bytes of the first check are right; where others are, the benchmark says whether it minds. */
function checkBetween(prepared: PreparedCase, first: Outputs | null, check: () => void): void {
  const isSame = (name: string): boolean =>
    Buffer.compare(bytesOf(first?.[name] as Elements), bytesOf(prepared.read(name))) === 0;
  if (first !== null && prepared.written.length > 0 && prepared.written.every(isSame))
    requireGuards(prepared);
  else check();
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

function hashOf({ benchmark: { repeatable = [] } }: Case, first: Outputs): Available<string> {
  if (repeatable.length === 0) return unavailable('the benchmark names no output that must repeat');
  return available(outputSha256(repeatable.map((name) => first[name] as Elements)));
}

/** In the first run the outputs are written whatever is found: of a wrong one they are needed most. */
function dumpedAfter({ session, one, prepared, onDumpProblem }: VerifiedCase, check: () => number): number {
  const { run, dumpFolder } = session.options;
  try {
    return check();
  } finally {
    try {
      if (dumpFolder !== null && run === 1) dumpOutputs(dumpFolder, one, prepared);
    } catch (error) {
      onDumpProblem(error);
    }
  }
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
