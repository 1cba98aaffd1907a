// What `guestmark merge` finds in fleets whose truth is known, what it takes for it, and how often it is wrong.
//
//   node docs/measurements/fleet/merge-fleet.mjs --report run.json --nodes 10000 --out docs/measurements/fleet/merge-fleet.json
//   node docs/measurements/fleet/merge-fleet.mjs --report run.json --rates 20 --of 500 --out docs/measurements/fleet/merge-rates.json
//
// `run.json` is a report of 60 measured cases, such as of `guestmark run --suite standard --runs 2 --min-time 20ms --max-time 40ms`.
// The first form writes a fleet of real files (about 1 MB a node, removed in the end) and runs the command on it; the second one
// draws the medians of the same kind of reports in memory, with several spreads and tails, and
// merges them by the same code.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nodeName, nodeReport, nodeSummary, TAIL_NAMES, templateOf, truthOf } from './synthetic-fleet.mjs';

const text = (value) => ({ type: 'string', default: value });
const { values } = parseArgs({
  options: {
    report: { type: 'string' },
    nodes: text('10000'),
    seed: text('1'),
    spread: text('0.005'),
    tails: text('normal'),
    cases: text('60'),
    samples: text('10'),
    missing: text('20'),
    rates: { type: 'string' },
    of: text('500'),
    out: { type: 'string' },
  },
});
const number = (name) => Number(values[name]);
const SLOW = { slowdown: 0.04, steal: 0.1 };
const dist = new URL('../../../dist/', import.meta.url);

const template = templateOf(
  JSON.parse(readFileSync(values.report, 'utf8')),
  number('cases'),
  number('samples'),
);
async function wholeFleet() {
  const how = { nodes: number('nodes'), seed: number('seed'), spread: number('spread'), tails: values.tails };
  const truth = truthOf({
    ...how,
    cases: number('cases'),
    kernelShare: 0.01,
    stealShare: 0.01,
    missing: number('missing'),
  });
  const folder = mkdtempSync(join(tmpdir(), 'guestmark-fleet-'));
  try {
    const bytes = writeFleet(folder, truth, how);
    const run = await runMerge(folder);
    const report = JSON.parse(readFileSync(join(folder, 'merged.json'), 'utf8'));
    const gaps = truth.filter(({ kind }) => ['never', 'killed', 'cut', 'partial'].includes(kind)).length;
    return {
      how: {
        ...how,
        ...SLOW,
        cases: number('cases'),
        reportBytes: Math.round(bytes / how.nodes),
        node: process.version,
      },
      ...run,
      jsonBytes: statSync(join(folder, 'merged.json')).size,
      gaps: { planted: gaps, told: report.gaps.length },
      ...verdictOn(report, truth),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeFleet(folder, truth, how) {
  for (const name of ['reports', 'tasks']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'fleet.json'), JSON.stringify(planOf(truth.length)));
  let bytes = 0;
  for (const [node, one] of truth.entries()) {
    const file = `task-${String(node).padStart(5, '0')}.json`;
    if (one.kind === 'never') continue;
    writeFileSync(join(folder, 'tasks', file), JSON.stringify(taskOf(node, one)));
    if (one.kind === 'killed') continue;
    const report = JSON.stringify(nodeReport(template, node, one, { ...how, ...SLOW }));
    bytes += report.length;
    writeFileSync(
      join(folder, 'reports', file),
      one.kind === 'cut' ? report.slice(0, report.length / 2) : report,
    );
  }
  return bytes;
}

const version = { schemaVersion: '1.0' };
const planOf = (tasks) => ({
  schema: 'guestmark-fleet-plan',
  ...version,
  tool: template.report.tool,
  engine: 'manual',
  name: 'synthetic',
  createdAt: template.report.startedAt,
  tasks,
  unit: 'node',
  nodes: [],
  runArguments: [],
});
const taskOf = (index, { kind }) => ({
  schema: 'guestmark-fleet-task',
  ...version,
  index,
  attempt: 1,
  node: nodeName(index),
  hostname: nodeName(index),
  job: null,
  gpus: null,
  startedAt: template.report.startedAt,
  finishedAt: kind === 'killed' ? null : template.report.finishedAt,
  exitCode: kind === 'killed' ? null : kind === 'partial' ? 130 : 0,
});

/** Time, CPU time and the most memory of the whole process, all its threads included, as Linux counts them until just before its end. */
async function runMerge(folder) {
  const started = performance.now();
  const cli = new URL('cli.js', dist).pathname;
  const child = spawn(
    process.execPath,
    [cli, 'merge', folder, '--json', '--out', join(folder, 'merged.json')],
    {
      stdio: ['ignore', 'ignore', 'ignore'],
    },
  );
  let [peakKib, ticks] = [0, 0];
  const watch = setInterval(() => {
    try {
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      ticks = Math.max(ticks, Number(stat[11]) + Number(stat[12]));
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakKib = Math.max(peakKib, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended.
    }
  }, 20);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  return {
    exitCode: code,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: ticks / 100,
    peakMib: peakKib / 1024,
  };
}

/** What was found of what was planted, and what was not planted. */
function verdictOn(report, truth) {
  const found = new Map(report.outliers.map((one) => [report.nodes[one.node].name, one]));
  const names = truth.map((one, node) => ({ ...one, name: nodeName(node) }));
  const planted = names.filter(({ kind }) => kind === 'kernel' || kind === 'steal');
  const ofKind = (kind) => {
    const those = names.filter((one) => one.kind === kind);
    const caught = those.filter(({ name }) => found.has(name));
    const right = caught.filter((one) => found.get(one.name).cause === causeOf(one));
    return { planted: those.length, found: caught.length, causeRight: right.length };
  };
  const flaggedPlanted = planted.filter(({ name }) => found.has(name)).length;
  const falseAlarms = found.size - flaggedPlanted;
  return {
    kernel: ofKind('kernel'),
    steal: ofKind('steal'),
    flagged: found.size,
    falseAlarms,
    falseOfFlagged: found.size === 0 ? 0 : falseAlarms / found.size,
    falseOfHealthy: falseAlarms / (names.length - planted.length),
  };
}

const causeOf = ({ kind, clock }) => (kind === 'steal' ? 'guest' : clock === true ? 'gpu' : 'unexplained');

async function rates() {
  const rows = [];
  for (const tails of TAIL_NAMES) {
    for (const spread of [0.003, 0.005, 0.0075, 0.01, 0.02]) {
      const total = { kernel: counts(), steal: counts(), flagged: 0, falseAlarms: 0, healthy: 0 };
      for (let seed = 1; seed <= number('rates'); seed++)
        add(total, await smallFleet({ tails, spread, seed, nodes: number('of') }));
      const row = {
        tails,
        spread,
        ...total,
        falseOfFlagged: total.flagged === 0 ? 0 : total.falseAlarms / total.flagged,
      };
      rows.push(row);
      console.error(JSON.stringify(row));
    }
  }
  return { fleets: number('rates'), nodes: number('of'), cases: number('cases'), ...SLOW, rows };
}

const counts = () => ({ planted: 0, found: 0, causeRight: 0 });

function add(total, { kernel, steal, flagged, falseAlarms, healthy }) {
  for (const [sum, one] of [
    [total.kernel, kernel],
    [total.steal, steal],
  ])
    for (const name of Object.keys(sum)) sum[name] += one[name];
  total.flagged += flagged;
  total.falseAlarms += falseAlarms;
  total.healthy += healthy;
}

async function smallFleet(how) {
  const load = (path) => import(new URL(path, dist));
  const { reportFacts } = await load('evidence/report-facts.js');
  const { collectReports } = await load('merge/collect-reports.js');
  const { mergeFleet } = await load('merge/merge-fleet.js');
  const { MERGE_DEFAULTS } = await load('merge/fleet-report.js');
  const truth = truthOf({ ...how, cases: number('cases'), kernelShare: 0.01, stealShare: 0.01, missing: 0 });
  const collection = collectReports(() => true);
  const facts = reportFacts({ ...template.report, device: template.device }, 'template.json');
  const sources = truth.map((one, node) => {
    const path = `${nodeName(node)}.json`;
    const report = collection.keep(nodeSummary(template, facts, node, one, { ...how, ...SLOW }));
    return { path, task: null, report, refused: null };
  });
  const read = { plan: null, tasks: new Map(), refused: [], sources, cases: collection.cases() };
  const report = mergeFleet(read, MERGE_DEFAULTS, template.report.tool);
  const healthy = truth.filter(({ kind }) => kind === 'healthy').length;
  return { ...verdictOn(report, truth), healthy };
}

const result = values.rates === undefined ? await wholeFleet() : await rates();
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(result, null, 1)}\n`);
console.log(JSON.stringify(result, null, 1));
