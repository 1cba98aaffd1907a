// One look at the output of a case: whether it is what the benchmark says, whether it repeats, and whether nothing was
// written behind a buffer. When to look, and how often, is decided by who calls.
import { GuestmarkError } from '../base/errors.ts';
import type { Elements, VerifyContext } from './benchmark.ts';
import { callBenchmark } from './call-benchmark.ts';
import type { Case } from './case-id.ts';
import type { PreparedCase } from './prepare-case.ts';
import { describeChange } from './repeated-output.ts';
import { describeMismatch, isVerification, type Verification } from './verification.ts';

/** Buffers and images by name. */
export type Outputs = Readonly<Record<string, Elements>>;

/** What the first check leaves for the later ones. */
export interface Kept {
  readonly first: Outputs | null;
  readonly reference: Outputs | null;
}

/** What is looked at: after so many iterations, and when, as the end of a message. */
export interface Look extends Kept {
  readonly outputs: Outputs;
  readonly iterations: number;
  readonly when: string;
}

/**
 * Looks at an output.
 *
 * @returns How many values were compared.
 * @throws GuestmarkError (verification) where something is wrong.
 */
export function checkOutput(one: Case, prepared: PreparedCase, look: Look): number {
  const { outputs, iterations, when, first, reference } = look;
  // What was written behind a buffer, or does not repeat, explains more than a wrong value.
  requireGuards(prepared);
  if (first !== null) requireRepeated(one.benchmark.repeatable ?? [], first, look);
  const verification = verify(one, { inputs: prepared.inputs, outputs, iterations, first, reference });
  if (verification.ok) return verification.checked;
  throw wrongOutput(
    `is wrong ${when}: ${describeMismatch(verification)}`,
    'the kernel, its reference or the device is at fault; none of its times are reported',
  );
}

function requireRepeated(names: readonly string[], first: Outputs, { outputs, when }: Look): void {
  for (const name of names) {
    const change = describeChange(name, first[name] as Elements, outputs[name] as Elements);
    if (change !== null)
      throw wrongOutput(`is wrong ${when}: ${change}`, 'a race in the kernel, or a broken device');
  }
}

/** Fails where something was written behind the end of a buffer since it was filled. */
export function requireGuards(prepared: PreparedCase, by?: string): void {
  const touched = prepared.touchedGuard();
  if (touched === null) return;
  const how = by === undefined ? '' : ` ${by}`;
  throw new GuestmarkError(
    'verification',
    `Cannot trust this case: binding "${touched.name}" was written behind its end${how} (first at byte ${touched.offset} after it)`,
    { hint: 'guard the index: if (i >= n) return' },
  );
}

/** The error of an output that is not trusted, by what is wrong with it. */
export function wrongOutput(state: string, hint: string): GuestmarkError {
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
export function outputsOf(prepared: PreparedCase): Outputs {
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
