// One target, so many inputs: makes each, tries it, times it and judges the answer. Runs in a process of its own.
import { describeError } from '../../../../dist/base/errors.js';
import { derivedSeed, seededRandom } from '../../../../dist/base/random.js';
import { requireRefusal, requireUnpolluted } from './oracle.mjs';

/** Of CPU time: others compute on the same machine. */
const MOST_CPU_MS = 1000;
const MOST_DEFECTS = 20;

/** The generator of one input: the same for the same target, seed and index. */
export const randomOf = (name, seed, index) => seededRandom(derivedSeed(seed, `${name}/${index}`));

/**
 * Tries inputs `from` to before `to`.
 *
 * @param onInput Called before each with its index.
 */
export async function runTarget(target, { seed, from, to, onInput }) {
  const opened = await target.open();
  const found = {
    inputs: 0,
    accepted: 0,
    refused: 0,
    defects: [],
    slowestMs: 0,
    slowestCpuMs: 0,
    slowestIndex: null,
  };
  const begin = performance.now();
  for (let index = from; index < to && found.defects.length < MOST_DEFECTS; index++) {
    onInput(index);
    const input = opened.make(randomOf(target.name, seed, index), index);
    const before = { ms: performance.now(), cpu: process.cpuUsage() };
    const problem = await answerTo(opened, input, found);
    const ms = performance.now() - before.ms;
    found.inputs++;
    const cpuMs = ms > found.slowestMs ? cpuSince(before.cpu) : 0;
    if (ms > found.slowestMs)
      Object.assign(found, { slowestMs: ms, slowestCpuMs: cpuMs, slowestIndex: index });
    const isSlow = ms > MOST_CPU_MS && cpuSince(before.cpu) > (opened.mostCpuMs?.(input) ?? MOST_CPU_MS);
    const message = problem ?? (isSlow ? `took ${Math.round(ms)} ms` : null);
    if (message !== null) found.defects.push({ index, message });
  }
  const counts = await opened.close?.();
  return { ...found, ...(counts === undefined ? {} : { counts }), wallMs: performance.now() - begin };
}

/** ms of CPU time of this process since then. */
function cpuSince(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Null where all is well, else what is wrong. */
async function answerTo(opened, input, found) {
  try {
    // Only what waits is awaited: a turn of the event loop costs more than most parsers do.
    const answer = opened.attempt(input);
    const outcome = answer instanceof Promise ? await answer : answer;
    found[outcome === 'refused' ? 'refused' : 'accepted']++;
  } catch (error) {
    try {
      requireRefusal(error);
      found.refused++;
    } catch (defect) {
      return describeError(defect);
    }
  }
  try {
    requireUnpolluted();
  } catch (defect) {
    return describeError(defect);
  }
  return null;
}
