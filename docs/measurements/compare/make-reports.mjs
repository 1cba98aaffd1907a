// Makes report files with a known truth, as many as wanted, after the pattern of one real report: what comparing, pages and
// histories are measured and tried with. The figures are made up; the files are as valid as any.
//
//   guestmark run --suite quick --runs 2 --out pattern.json
//   node docs/measurements/compare/make-reports.mjs --pattern pattern.json --out folder --reports 200 --cases 60 --runs 3
//
// Every sample of a case is its median sample in the pattern times
//   shift × (1 + run effect) × (1 + noise), and one in twenty has a spike (Pareto, index 1.5, up to 11 times),
// and so are all of its times: they add up as in the pattern. Sizes of effects are standard deviations of lognormals.
//
//   --reports 10      files: report-0001.json and so on
//   --cases 60        beyond those of the pattern the cases are repeated with an axis `repeat`
//   --runs 3          processes in each report
//   --samples 40      in each run
//   --run-effect 0.01 --noise 0.005 --spikes 0.05
//   --shift 1         factor of all times: 1.05 is a contender that takes 5 % more
//   --shift-from 1    the first report to which it applies
//   --shift-cases ''  only cases whose id contains this text
//   --start 2026-01-02T03:04:05Z --every 600     when the first began, and seconds from one to the next
//   --seed 1          the same seed gives the same files
//   --resamples 100   for the intervals in the reports
//   --host guest-1 --kind passthrough --device 'Example GPU'    other facts, where given
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../../dist/base/random.js';
import { parseReport } from '../../../dist/report/parse-report.js';
import { summarizeCase } from '../../../dist/report/summarize-case.js';

const text = (value) => ({ type: 'string', default: value });
const { values: options } = parseArgs({
  options: {
    pattern: { type: 'string' },
    out: { type: 'string' },
    ...{ reports: text('10'), cases: text('60'), runs: text('3'), samples: text('40') },
    ...{ 'run-effect': text('0.01'), noise: text('0.005'), spikes: text('0.05') },
    ...{ shift: text('1'), 'shift-from': text('1'), 'shift-cases': text('') },
    ...{ start: text('2026-01-02T03:04:05Z'), every: text('600'), seed: text('1'), resamples: text('100') },
    ...{ host: { type: 'string' }, kind: { type: 'string' }, device: { type: 'string' } },
  },
});
if (options.pattern === undefined || options.out === undefined)
  throw new Error('give --pattern report.json and --out folder');

/** Columns that are no times of a sample. */
const NO_TIMES = new Set([
  'voluntarySwitches',
  'timeslices',
  'startCpu',
  'endCpu',
  'ledgerBoundNs',
  'splitUncertaintyNs',
]);

const random = seededRandom(Number(options.seed));
const pattern = withFacts(parseReport(readFileSync(options.pattern, 'utf8'), options.pattern));
const cases = chosenCases();

mkdirSync(options.out, { recursive: true });
for (let number = 1; number <= Number(options.reports); number++) {
  const name = `report-${String(number).padStart(4, '0')}.json`;
  writeFileSync(join(options.out, name), `${JSON.stringify(reportOf(number))}\n`);
}

function withFacts(report) {
  if (options.host !== undefined) report.system.hostname = options.host;
  if (options.device !== undefined && report.device.available) report.device.value.name = options.device;
  if (options.kind !== undefined && report.attachment.available)
    report.attachment.value.kind = {
      available: true,
      value: options.kind,
      source: 'made up',
      confidence: 'certain',
    };
  return report;
}

/** The cases with their median sample, as many as wanted. */
function chosenCases() {
  const measured = pattern.results.flatMap((result) => {
    const run = result.runs.find(({ status, samples }) => status === 'ok' && samples.wallNs.length > 0);
    return run === undefined ? [] : [{ result, run, row: medianRow(run.samples) }];
  });
  return Array.from({ length: Number(options.cases) }, (_, index) => {
    const one = measured[index % measured.length];
    const repeat = Math.floor(index / measured.length) + 1;
    return repeat === 1 ? one : { ...one, result: repeated(one.result, repeat) };
  });
}

function repeated(result, repeat) {
  const inner = /\[(.*)\]$/.exec(result.id)?.[1];
  const axes = inner === undefined ? `repeat=${repeat}` : `${inner},repeat=${repeat}`;
  return { ...result, id: `${result.benchmark}[${axes}]`, axes: { ...result.axes, repeat } };
}

function medianRow(samples) {
  const order = samples.wallNs.map((_, i) => i).sort((a, b) => samples.wallNs[a] - samples.wallNs[b]);
  const middle = order[Math.floor(order.length / 2)];
  return Object.fromEntries(Object.entries(samples).map(([name, column]) => [name, column[middle]]));
}

function reportOf(number) {
  const startMs = Date.parse(options.start) + (number - 1) * Number(options.every) * 1000;
  const runs = Array.from({ length: Number(options.runs) }, (_, index) => index + 1);
  const at = (ms) => new Date(startMs + ms).toISOString();
  return {
    ...pattern,
    command: { ...pattern.command, runs: runs.length },
    startedAt: at(0),
    finishedAt: at(runs.length * 10_000),
    processes: runs.map((run) => ({
      ...pattern.processes[0],
      run,
      pid: 1000 + run,
      startedAt: at((run - 1) * 10_000),
      wallNs: 10e9,
    })),
    results: cases.map((one) => resultOf(one, number, runs)),
    derived: [],
    series: [],
  };
}

function resultOf({ result, run, row }, number, runs) {
  const isShifted = number >= Number(options['shift-from']) && result.id.includes(options['shift-cases']);
  const shift = isShifted ? Number(options.shift) : 1;
  const made = {
    ...result,
    runs: runs.map((index) => ({
      ...run,
      run: index,
      doubling: run.doubling.available
        ? { ...run.doubling, value: { ...run.doubling.value, ratio: 2 } }
        : run.doubling,
      samples: samplesOf(row, shift * Math.exp(normal() * Number(options['run-effect']))),
    })),
  };
  return { ...made, ...summarizeCase(made, summaryOptions()) };
}

function summaryOptions() {
  const device = pattern.device.available ? pattern.device.value : null;
  return {
    seed: pattern.command.seed,
    timestampPeriodNs: device?.limits.timestampPeriodNs ?? null,
    machine: { software: device?.software ?? false, cpuCount: pattern.system.cpuCount },
    resamples: Number(options.resamples),
  };
}

function samplesOf(row, factor) {
  const factors = Array.from({ length: Number(options.samples) }, () => factor * noise());
  const gapNs = (row.ledgerWallNs ?? row.wallNs) * 0.2;
  const starts = [];
  let atNs = row.startNs;
  for (const one of factors) {
    starts.push(Math.round(atNs));
    atNs += (row.ledgerWallNs ?? row.wallNs) * one + gapNs;
  }
  const columns = Object.entries(row).map(([name, value]) => [
    name,
    columnOf(name, value, row, factors, starts),
  ]);
  return Object.fromEntries(columns);
}

function columnOf(name, value, row, factors, starts) {
  if (name === 'startNs') return starts;
  if (value === null || NO_TIMES.has(name)) return factors.map(() => value);
  if (name === 'deviceStartNs')
    return factors.map((one, i) => Math.round(starts[i] + (value - row.startNs) * one));
  return factors.map((one) => Math.round(value * one));
}

function noise() {
  const isSpike = random() < Number(options.spikes);
  const spike = isSpike ? (1 - random()) ** (-1 / 1.5) - 1 : 0;
  return Math.exp(normal() * Number(options.noise)) * (1 + Math.min(10, spike));
}

/** Box and Muller. */
function normal() {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
