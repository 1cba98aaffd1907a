// `guestmark tenants` again and again, with or without harm done to it from outside at random instants: it must come to an end, and
// what became of the other tenants must be complete and verified. Prints one JSON object.
//
//   node docs/measurements/tenants/repeated.mjs HARM COUNT TENANTS [SEED]   (after `npm run build`)
//
// HARM is none, death (--kill), kill (SIGKILL of a tenant), hang (SIGSTOP of a tenant) or interrupt (SIGINT of the command).
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seeded } from '../reliability/marked-run.mjs';

const [harm = 'none', countText = '50', tenantsText = '2', seedText = '1'] = process.argv.slice(2);
const [count, tenants] = [Number(countText), Number(tenantsText)];
const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
/** A machine that is busy with other work takes long to start a process; who hangs is waited for as long. */
const TIMEOUT_S = harm === 'hang' ? 10 : 30;
/** Far more than the phases of one run take: what is not over then never will be. */
const LIMIT_MS = 300_000;
const ARGS = ['tenants', 'copy[n=64Ki]', '-n', String(tenants), '--rounds', '1', '--time', '200ms'];
const MORE = ['--timeout', `${TIMEOUT_S}s`, '--device', 'llvmpipe', '--json'];

const random = seeded(Number(seedText));
const summary = { harm, tenants, count, ended: 0, deadlocks: 0, harmed: 0, othersWhole: 0, leftBehind: 0 };
const [exits, fairness, walls, pressures, problems] = [{}, [], [], [], []];
let spanMs = 0;
if (harm === 'kill' || harm === 'hang' || harm === 'interrupt') spanMs = (await once(null)).wallMs;

for (let i = 0; i < count; i++) {
  const run = await once(spanMs === 0 ? null : spanMs * random());
  walls.push(run.wallMs);
  pressures.push(cpuPressure());
  exits[run.code ?? run.signal] = (exits[run.code ?? run.signal] ?? 0) + 1;
  if (run.isDeadlock) summary.deadlocks++;
  else summary.ended++;
  if (run.harmed) summary.harmed++;
  if (run.left > 0) summary.leftBehind++;
  const found = problemsOf(run);
  if (found.length === 0) summary.othersWhole++;
  for (const what of found) problems.push({ run: i, what });
}
const sorted = fairness.toSorted((a, b) => a - b);
console.log(
  JSON.stringify(
    {
      ...summary,
      exits,
      fairness: {
        known: sorted.length,
        least: sorted[0] ?? null,
        median: sorted[sorted.length >> 1] ?? null,
      },
      medianMs: Math.round(walls.toSorted((a, b) => a - b)[walls.length >> 1]),
      slowestMs: Math.round(Math.max(...walls)),
      // Per cent of the time in which some thread of the machine waited for a CPU, over the runs.
      cpuPressure: { least: Math.min(...pressures), most: Math.max(...pressures) },
      problems,
    },
    null,
    1,
  ),
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** One command; harmed at an instant where one is given. */
async function once(atMs) {
  const startMs = performance.now();
  const args = [CLI, ...ARGS, ...MORE, ...(harm === 'death' ? ['--kill'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  let isDeadlock = false;
  const limit = setTimeout(() => {
    isDeadlock = true;
    child.kill('SIGKILL');
  }, LIMIT_MS);
  const victims = new Set();
  let harmed = false;
  if (atMs !== null) {
    await Promise.race([sleep(atMs), ended]);
    harmed = child.exitCode === null && doHarm(child.pid, victims);
  }
  const { code, signal } = await ended;
  clearTimeout(limit);
  const left = [...victims].filter(isAlive).length;
  return { code, signal, stdout, stderr, isDeadlock, harmed, left, wallMs: performance.now() - startMs };
}

function doHarm(parent, victims) {
  if (harm === 'interrupt') return process.kill(parent, 'SIGINT');
  const children = childrenOf(parent);
  const victim = children[Math.floor(random() * children.length)];
  if (victim === undefined) return false;
  victims.add(victim);
  try {
    return process.kill(victim, harm === 'kill' ? 'SIGKILL' : 'SIGSTOP');
  } catch {
    return false;
  }
}

/** What is wrong with what a run left: a tenant that nobody harmed must be whole, whatever became of another one. */
function problemsOf({ code, stdout, stderr, isDeadlock, harmed }) {
  if (isDeadlock) return ['it did not end'];
  // Whoever is stopped before the first process has its device has measured nothing.
  if (stdout === '') return harmed ? [] : [`exit ${code}: ${stderr.slice(-300)}`];
  const report = JSON.parse(stdout);
  const [figures] = report.figures;
  if (figures?.fairness.available) fairness.push(figures.fairness.value.value);
  const runs = report.phases.flatMap((phase) =>
    phase.tenants.map((run, member) => ({ ...run, isDead: phase.kill?.member === member })),
  );
  const others = runs.filter((run) => !run.isDead);
  const wrong = others.filter(
    ({ status, verifiedBefore, verifiedAfter, samples }) =>
      status !== 'ok' || samples === null || !(verifiedBefore > 0 && verifiedAfter > 0),
  );
  if (harm === 'interrupt' && harmed) {
    const failed = wrong.filter(({ failure }) => failure !== null && !/interrupted/.test(failure.message));
    return failed.map(({ failure }) => failure.message);
  }
  const found = [];
  if (wrong.length > (harmed ? 1 : 0))
    found.push(`${wrong.length} tenants are not whole: ${wrong.map(({ failure }) => failure?.message)}`);
  if (harm === 'death') {
    for (const { kill } of report.phases)
      if (kill !== null && kill.newcomer.status !== 'ok')
        found.push(`newcomer: ${kill.newcomer.failure?.message}`);
    if (!figures.survivors.every(({ rateAfter }) => rateAfter.available))
      found.push('no rate after the death');
  }
  const expected = harmed && wrong.length > 0 ? 1 : 0;
  if (code !== expected) found.push(`exit ${code} and not ${expected}`);
  return found;
}

/** The last 10 s of /proc/pressure/cpu; 0 where the kernel does not tell. */
function cpuPressure() {
  try {
    return Number(/some avg10=([\d.]+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8'))[1]);
  } catch {
    return 0;
  }
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid) {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
