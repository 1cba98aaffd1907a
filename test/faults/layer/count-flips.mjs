// Flips bits in the memory of a device while guestmark measures on it, and counts which of them it finds. Shared by the test and by
// docs/measurements/reliability/wrong-results.mjs, hence plain JavaScript on the build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** 32-bit elements of the smallest case, so many that a submission takes a millisecond, and what each case has more. */
const ELEMENTS = 2 ** 20;
const STEP = 2 ** 16;
/** Submissions between two flips: some in a case, most of them while it is sampled. */
const EVERY = 13;

/**
 * Runs `copy` at several sizes in one process while bits are flipped.
 *
 * @param {import('./fault-layer.mjs').FaultLayer} layer
 * @param {import('./count-flips.d.mts').FlipPlan} plan
 * @returns {readonly import('./count-flips.d.mts').JudgedFlip[]}
 */
export function flipBits(layer, { verify, cases, offset }) {
  const sizes = Array.from({ length: cases }, (_, index) => ELEMENTS + index * STEP);
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-flips-'));
  const strike = layer.strike(`vkQueueSubmit@${230 + offset}/${EVERY}=bitflip`);
  const out = join(folder, 'report.json');
  const args = [
    'run',
    'copy',
    '--axis',
    `n=${sizes}`,
    '--verify',
    verify,
    '--runs',
    '1',
    '--seed',
    String(offset),
  ];
  const limits = ['--min-time', '100ms', '--max-time', '200ms', '--timeout', '120s', '--out', out];
  spawnSync(process.execPath, ['dist/cli.js', ...args, ...limits], {
    env: { ...process.env, ...strike.environment },
    stdio: 'ignore',
  });
  const { results } = JSON.parse(readFileSync(out, 'utf8'));
  rmSync(folder, { recursive: true });
  return strike.flips().map((flip) => judged(flip, caseOf(flip, results)));
}

/** The case whose buffers have the size of what was hit. */
function caseOf({ bytes }, results) {
  const n = Math.floor((bytes / 4 - ELEMENTS) / STEP) * STEP + ELEMENTS;
  return results.find(({ axes }) => axes.n === n);
}

function judged({ pid, allocation, byte, fence, submission }, { axes, runs }) {
  const [run] = runs;
  // Of copy the input is made first, and both are made together.
  const side = allocation % 2 === 1 ? 'input' : 'output';
  const where = byte < 4 * axes.n ? side : 'beyond';
  const message = run.failure?.message ?? null;
  return { pid, n: axes.n, where, ...placeOf(run, fence, submission), status: run.status, message };
}

/** The check before timing has the first fence, the trial and the warm-up the next one or two, and twice the work the last. */
function placeOf({ iterations, warmUpSubmissions, samples }, fence, submission) {
  const count = samples?.wallNs.length ?? 0;
  const sampled = iterations > 1 ? 3 : 2;
  if (fence === 1 || iterations === 0) return { phase: 'check', sample: null, last: false };
  if (fence > sampled) return { phase: 'after', sample: null, last: false };
  const sample = submission - warmUpSubmissions;
  if (fence < sampled || sample <= 0) return { phase: 'warm-up', sample: null, last: false };
  return sample > count
    ? { phase: 'after', sample: null, last: false }
    : { phase: 'sample', sample, last: sample === count };
}

/**
 * What was found of flips, by what they did.
 *
 * @param {readonly import('./count-flips.d.mts').JudgedFlip[]} flips
 * @returns {import('./count-flips.d.mts').FlipCounts}
 */
export function countFound(flips) {
  const counts = (those) => ({ injected: those.length, inFailedCases: those.filter(isFound).length });
  const ofKind = (where, phase) => flips.filter((flip) => flip.where === where && flip.phase === phase);
  const outputs = ofKind('output', 'sample');
  return {
    injected: flips.length,
    outputAtSample: { injected: outputs.length, found: outputs.filter(isFoundAt).length },
    inputBeforeTheLastSample: counts(
      [...ofKind('input', 'sample'), ...ofKind('input', 'warm-up')].filter(({ last }) => !last),
    ),
    inCheck: counts(flips.filter(({ phase }) => phase === 'check')),
    harmless: flips.filter(isHarmless).length,
    okWithWrongOutput: flips.filter((flip) => flip.status === 'ok' && leavesWrong(flip)).length,
  };
}

function isFound({ status }) {
  return status === 'failed';
}

/** By the message of its own sample, or by the check after the last one. */
function isFoundAt({ sample, last, message }) {
  return message?.includes(`after sample ${sample}:`) || (last && message?.includes('after timing'));
}

/** Nothing that is checked afterwards depends on them. */
function isHarmless({ where, phase }) {
  return where === 'beyond' || phase === 'after' || (where === 'output' && phase === 'warm-up');
}

/** What the last sample left is wrong: its input was, or its output was hit behind it. */
function leavesWrong({ where, phase, last }) {
  if (where === 'output') return phase === 'sample' && last;
  return where === 'input' && (phase === 'warm-up' || (phase === 'sample' && !last));
}
