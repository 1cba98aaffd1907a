// Hostile input for every parser of what comes from outside: reports, suite files, shaders, machines, datagrams, words of the
// command line. Each answer must be a value that keeps its rules or an error that was foreseen, in time and in bounded memory.
// Prints a summary as JSON; exits with 1 where a defect was found.
//
//   node docs/measurements/reliability/fuzz.mjs [--inputs 1000000 | --each COUNT] [--seed 7] [--target NAME]… [--together]
//   node docs/measurements/reliability/fuzz.mjs --target NAME --seed 7 --only 1234     prints that input, and tries it
//
// (after `npm run build`.) --inputs is the sum over all targets, or over those that are named; --each is so many for every one.
// With --together they share one process, which starts faster but tells the memory of all of them only.
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TARGETS } from './fuzz/targets.mjs';

const CHILD = fileURLToPath(new URL('fuzz/child.mjs', import.meta.url));
const NICENESS = 5;
/** No answer for so long is a hang, however busy the machine is. */
const HANG_MS = 30_000;
/** A process that needs more than this is ended by V8, which is a defect. */
const HEAP_MIB = 1024;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '7' },
    target: { type: 'string', multiple: true },
    each: { type: 'string' },
    only: { type: 'string' },
    together: { type: 'boolean', default: false },
  },
});
const wanted = TARGETS.filter(({ name }) => values.target?.includes(name) ?? true);
if (wanted.length === 0) throw new Error(`--target knows ${TARGETS.map(({ name }) => name).join(', ')}`);

if (values.only !== undefined) await showOne(wanted[0], Number(values.seed), Number(values.only));
else await fuzz();

/** Prints an input as it is tried, and what came of it. */
async function showOne(target, seed, index) {
  const { runTarget, randomOf } = await import('./fuzz/run-target.mjs');
  const { default: loaded } = await import(target.module);
  const one = loaded.find(({ name }) => name === target.name);
  const opened = await one.open();
  console.log(opened.show(opened.make(randomOf(one.name, seed, index), index)));
  await opened.close?.();
  const result = await runTarget(one, { seed, from: index, to: index + 1, onInput: () => undefined });
  console.error(JSON.stringify(result, null, 2));
}

async function fuzz() {
  const total = wanted.reduce((sum, { weight }) => sum + weight, 0);
  const plan = wanted.map((target) => ({
    ...target,
    count: Number(values.each ?? Math.max(1, Math.ceil((Number(values.inputs) * target.weight) / total))),
  }));
  const groups = values.together ? [plan] : plan.map((one) => [one]);
  const targets = [];
  for (const group of groups) targets.push(...(await runGroup(group, Number(values.seed))));
  const sum = (pick) => targets.reduce((total, one) => total + pick(one), 0);
  const summary = {
    what: 'fuzz',
    seed: Number(values.seed),
    node: process.version,
    inputs: sum(({ inputs }) => inputs),
    accepted: sum(({ accepted }) => accepted),
    refused: sum(({ refused }) => refused),
    defects: sum(({ defects }) => defects.length),
    wallSeconds: Math.round(sum(({ wallSeconds }) => wallSeconds) * 10) / 10,
    targets,
  };
  console.log(JSON.stringify(summary, null, 2));
  if (summary.defects > 0) process.exitCode = 1;
}

/** All targets of a group; a process that died or hung is a defect of the input at hand, and the next one goes on behind it. */
async function runGroup(group, seed) {
  const results = [];
  let left = group.map((one) => ({ ...one, from: 0 }));
  const lost = [];
  while (left.length > 0) {
    const { finished, died } = await runProcess(left, seed);
    results.push(...finished.map((one) => merged(one, lost)));
    left = left.slice(finished.length);
    if (died === null) break;
    if (left.length === 0) throw new Error(died.message);
    lost.push({ name: left[0].name, index: died.index, message: died.message });
    left[0] = { ...left[0], from: died.index + 1 };
    if (lost.length > 10) throw new Error(JSON.stringify(lost));
  }
  return results;
}

function merged(one, lost) {
  const died = lost.filter(({ name }) => name === one.name).map(({ index, message }) => ({ index, message }));
  return { ...one, defects: [...died, ...one.defects] };
}

/** One child: what it finished, and how it died where it did. */
async function runProcess(targets, seed) {
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-fuzz-'));
  const place = join(folder, 'place');
  const child = fork(CHILD, [], {
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    env: { ...process.env, TMPDIR: folder },
  });
  // A test waits for it.
  if (!values.together) setPriority(child.pid, Math.min(NICENESS, constants.priority.PRIORITY_LOW));
  const finished = [];
  child.on('message', (result) => {
    finished.push(result);
    console.error(
      `${result.name}: ${result.inputs} inputs, ${result.defects.length} defects, ${result.wallSeconds} s`,
    );
  });
  child.send({
    targets: targets.map(({ name, module, count, from }) => ({ name, module, from, to: count })),
    seed,
    place,
  });
  const watch = watchForHangs(child, place);
  const end = await new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  watch.stop();
  const index = placeOf(place);
  rmSync(folder, { recursive: true, force: true });
  if (end.code === 0) return { finished, died: null };
  const why = watch.hung()
    ? `no answer for ${HANG_MS} ms`
    : `the process ended with ${end.signal ?? end.code}`;
  return { finished, died: { index, message: why } };
}

function placeOf(place) {
  try {
    return readFileSync(place).readDoubleLE(0);
  } catch {
    return -1;
  }
}

function watchForHangs(child, place) {
  let [last, since, isHung] = [-1, performance.now(), false];
  const timer = setInterval(() => {
    const now = placeOf(place);
    if (now !== last) [last, since] = [now, performance.now()];
    if (performance.now() - since < HANG_MS) return;
    isHung = true;
    child.kill('SIGKILL');
  }, 500);
  return { stop: () => clearInterval(timer), hung: () => isHung };
}
