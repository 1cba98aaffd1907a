// SIGTERM, SIGHUP and SIGINT at random instants of a run: to the parent alone, to its whole process group as terminals do, and
// twice. What was measured before must be in a valid report, and nothing may stay behind. Prints one JSON object.
//
//   node docs/measurements/reliability/signals.mjs [COUNT OF EACH] [SEED] [AT ONCE]   (after `npm run build`)
import { setTimeout as sleep } from 'node:timers/promises';
import { leftBeside, measuredIn, seeded, startMarkedRun, untilGroupEnds } from './marked-run.mjs';

const [count, seed, atOnce] = [2, 3, 4].map((i, at) => Number(process.argv[i] ?? [100, 1, 1][at]));
const RUNS = 2;
/** A hung device is given 5 s, and the machine may be busy. */
const END_LIMIT_MS = 15_000;
/** Two signals that are closer together are one key press. */
const SECOND_MS = 600;
const TO = ['parent', 'group', 'twice'];

const random = seeded(seed);
const spanMs = Math.max(...(await Promise.all(Array.from({ length: atOnce }, undisturbedMs))));
const summary = {
  seed,
  spanMs: Math.round(spanMs),
  injected: 0,
  survived: 0,
  lostResults: 0,
  slowestEndMs: 0,
};
const [ends, reports, problems] = [{}, {}, []];

const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'];
const injections = Array.from({ length: count }, (_, i) => i).flatMap((i) =>
  signals.map((signal) => [signal, TO[i % TO.length], 1.05 * spanMs * random()]),
);
await Promise.all(Array.from({ length: atOnce }, work));
console.log(JSON.stringify({ ...summary, ends, reports, problems }, null, 1));
process.exitCode = problems.length === 0 ? 0 : 1;

async function work() {
  for (let next = injections.shift(); next !== undefined; next = injections.shift()) await inject(...next);
}

async function undisturbedMs() {
  const run = startMarkedRun(RUNS);
  const startMs = performance.now();
  const { code, stderr } = await run.ended;
  const tookMs = performance.now() - startMs;
  if (code !== 0) throw new Error(`the run fails without a signal too: ${stderr}`);
  run.remove();
  return tookMs;
}

async function inject(signal, to, afterMs) {
  const run = startMarkedRun(RUNS);
  await Promise.race([sleep(afterMs), run.ended]);
  const told = run.marks().slice(0, -1);
  const startMs = performance.now();
  send(run, signal, to);
  if (to === 'twice') {
    await Promise.race([sleep(SECOND_MS), run.ended]);
    send(run, signal, to);
  }
  const end = await Promise.race([run.ended, sleep(END_LIMIT_MS).then(() => null)]);
  judge({
    run,
    signal,
    to,
    afterMs,
    told,
    end,
    tookMs: performance.now() - startMs,
    alive: await untilGroupEnds(run.child.pid, 2000),
  });
  if (end === null) process.kill(-run.child.pid, 'SIGKILL');
  run.remove();
}

/** A run that is over already has nobody to be told. */
function send({ child }, signal, to) {
  try {
    process.kill(to === 'group' ? -child.pid : child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function judge({ run, signal, to, afterMs, told, end, tookMs, alive }) {
  const found = [];
  const how = end === null ? 'not ended' : String(end.signal ?? end.code);
  if (!['0', '130', signal].includes(how)) found.push(`it ended by ${how}: ${end?.stderr ?? ''}`);
  if (alive === null) found.push('a process is left');
  let state = { status: 'invalid', measured: [] };
  try {
    state = measuredIn(run.out);
    for (const name of leftBeside(run.out)) found.push(`${name} is left`);
  } catch (error) {
    if (told.length > 0 || error.code !== 'ENOENT') found.push(`the report: ${error.message}`);
  }
  // A second signal ends it where it is; a single one lets it keep what ended meanwhile.
  const due = how === '130' && to !== 'twice' ? run.marks().slice(0, -1) : told;
  const lost = due.filter((one) => !state.measured.includes(one));
  if (lost.length > 0) found.push(`${lost.length} of ${due.length} case runs are lost`);
  if (how === '130' && to !== 'twice' && state.status === null)
    found.push('it says that it keeps what was measured, and there is no report');
  summary.injected++;
  summary.lostResults += lost.length;
  summary.slowestEndMs = Math.max(summary.slowestEndMs, Math.round(tookMs));
  if (found.length === 0) summary.survived++;
  for (const what of found) problems.push({ signal, to, afterMs: Math.round(afterMs), what });
  ends[`${to}: ${how}`] = (ends[`${to}: ${how}`] ?? 0) + 1;
  reports[state.status ?? 'none'] = (reports[state.status ?? 'none'] ?? 0) + 1;
}
